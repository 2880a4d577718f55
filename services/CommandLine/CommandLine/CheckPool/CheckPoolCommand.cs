using System.CommandLine;
using Marketplace.Stratum;
using Spectre.Console;

namespace Marketplace.CommandLine.CheckPool;

/// <summary><c>check-pool URL</c>: tries a pool from here, by the rules the marketplace tries it by.</summary>
internal static class CheckPoolCommand
{
    private static readonly PoolFinding ListUnknown = PoolFinding.Warn(
        "listed",
        "this algorithm is attested by the pool, and only listed pools can be rented for",
        "The list is the marketplace's: a quote for another pool names those that are on it.");

    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new CheckPoolOptions();
        var command = new Command(
            "check-pool", "Tries a pool as a contract would use it and says, rule by rule, what to change.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(options.Read(parsed), console, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CheckPoolRequest asked, IAnsiConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var dialer = new PoolDialer(new SystemNameResolver(), new DialPolicy(asked.AllowLoopback));
            var report = await new PoolCheckup(dialer, time).RunAsync(
                PoolUrl.Parse(asked.Url), asked.Login, asked.Demands, asked.Watch, cancellationToken);
            report = asked.Demands.Algorithm.IsPoolAttested
                ? report with { Findings = [ListUnknown, .. report.Findings] }
                : report;
            PoolReportView.Write(report, asked.ShowTranscript, console);
            return report.Verdict == PoolVerdict.Fail ? ExitCodes.Failed : ExitCodes.Held;
        }
        catch (BusinessRuleException broken)
        {
            console.WriteLine(broken.Message);
            return ExitCodes.Failed;
        }
    }
}
