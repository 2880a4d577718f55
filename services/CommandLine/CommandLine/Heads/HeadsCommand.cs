using System.CommandLine;
using System.Text.Json;
using Marketplace.Client;
using Marketplace.CommandLine.Login;
using Marketplace.CommandLine.Verify;
using Marketplace.Stratum.Proof;
using Spectre.Console;

namespace Marketplace.CommandLine.Heads;

/// <summary><c>heads CONTRACT</c>: keeps a contract's heads where the marketplace cannot reach.</summary>
internal static class HeadsCommand
{
    private static readonly Argument<ContractId> Contract = ContractArgument.Create();

    private static readonly Option<string> Keep = new("--keep")
    {
        Description = $"The directory to keep them in, in a file that ends in {OutsideFiles.HeadsSuffix}.",
        HelpName = "dir",
        Required = true,
    };

    private static readonly Option<FileInfo[]> Keys = new("--key")
    {
        Description = "A node's public key, got from elsewhere; a head under another is refused.",
        HelpName = "pem",
    };

    private static readonly Option<bool> Once = new("--once")
    {
        Description = "Keeps what there is and does not wait for more.",
    };

    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new LoginOptions();
        var command = new Command(
            "heads", "Keeps the signed heads of a contract until it is closed, and says when one contradicts another.")
        {
            Contract, Keep, Keys, Once,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                using var login = options.Read(parsed, console, time);
                return await RunAsync(parsed, login, console, time, cancellationToken);
            }
            catch (Exception failure) when (failure is ApiProblemException or BusinessRuleException
                or IOException or UnauthorizedAccessException or RecordFormatException or HttpRequestException
                or JsonException)
            {
                console.WriteLine(Printable.Of(failure.Message));
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        MarketplaceLogin login,
        IAnsiConsole console,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var contractId = parsed.GetValue(Contract);
        using var keys = new PinnedKeys(parsed.GetValue(Keys) ?? []);
        using var file = HeadFile.Open(parsed.GetRequiredValue(Keep), contractId);
        var watch = new HeadWatch(contractId, keys.All);
        var run = new HeadsRun(login, new HeadKeeper(login.Proxy, contractId, watch, file), watch, console, time);
        try
        {
            file.RecallTo(watch);
            console.WriteLine($"kept       {watch.Count} heads so far, in {file.Path}");
            await run.RunAsync(isOnce: parsed.GetValue(Once), cancellationToken);
        }
        catch (ForkedHistoryException forked)
        {
            var evidence = file.KeepEvidence(forked.Head);
            console.WriteLine($"WRONG      {Printable.Of(forked.Message)}");
            console.WriteLine($"           Two histories were told; the other is kept in {evidence}");
            return ExitCodes.Failed;
        }

        console.WriteLine($"kept       {watch.Count} heads, each following from the one before it");
        if (keys.All.Count == 0)
        {
            console.WriteLine("doubt      under keys that nobody vouches for: pin them with --key");
        }

        return keys.All.Count > 0 ? ExitCodes.Held : ExitCodes.HeldUnderUnknownKey;
    }
}
