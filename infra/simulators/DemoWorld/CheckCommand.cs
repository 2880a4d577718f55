using System.CommandLine;
using Marketplace.Simulators.MainLine;
using Spectre.Console;

namespace Marketplace.DemoWorld;

/// <summary><c>check</c>: the main line once, each step with its figures; exit code 0 when all held.</summary>
internal static class CheckCommand
{
    /// <summary>A log has no width of its own.</summary>
    private const int LeastWidthColumns = 140;

    public static Command Create()
    {
        var people = new PeopleOptions();
        var command = new Command("check", "Drives the main line once and prints each step with its figures.");
        people.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, people, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, PeopleOptions people, CancellationToken cancellationToken)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidthColumns);
        var surroundings = Surroundings.FromEnvironment();
        await Health.WaitAsync(surroundings.Roots, TimeProvider.System, cancellationToken);
        var options = new MainLineOptions
        {
            Address = surroundings.Address,
            Stratum = surroundings.Stratum,
            Seller = people.Seller(parsed),
            Renter = people.Renter(parsed),
            Finance = people.Finance(parsed),
        };
        var report = await MainLineDriver.RunAsync(options, TimeProvider.System, Print, cancellationToken);
        var failures = report.Failures.Count;
        AnsiConsole.WriteLine(failures == 0 ? "all held" : $"{failures} figures did not hold");
        return report.AllHeld ? 0 : 1;
    }

    private static void Print(MainLineStep step)
    {
        var table = new Table().AddColumns("figure", "seen", "expected", "");
        AnsiConsole.WriteLine($"{step.Name} ({step.Took.TotalSeconds:0.0} s)");
        foreach (var figure in step.Figures)
        {
            table.AddRow(
                Markup.Escape(figure.Name),
                Markup.Escape(figure.Seen),
                Markup.Escape(figure.Expected),
                figure.Held ? "ok" : "FAILED");
        }

        AnsiConsole.Write(table);
    }
}
