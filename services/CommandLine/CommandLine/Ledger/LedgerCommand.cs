using System.CommandLine;
using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.CommandLine.Login;
using Marketplace.CommandLine.Verify;
using Marketplace.Stratum.Proof;
using Spectre.Console;

namespace Marketplace.CommandLine.Ledger;

/// <summary><c>ledger verify</c>: computes the books again, for whoever has to sign them.</summary>
internal static class LedgerCommand
{
    private static readonly Option<FileInfo> Key = new("--key")
    {
        Description = "Billing's public key, got from elsewhere.",
        HelpName = "pem",
    };

    private static readonly Option<FileInfo> Keep = new("--keep")
    {
        Description = "The last block is kept here, and the next time has to be in the journal still.",
        HelpName = "file",
    };

    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new LoginOptions();
        var verify = new Command(
            "verify", "Downloads the journal and recomputes its sums, its chain and every balance.") { Key, Keep };
        options.AddTo(verify);
        verify.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                using var login = options.Read(parsed, console, time);
                return await RunAsync(parsed, login, console, cancellationToken);
            }
            catch (Exception failure) when (failure is ApiProblemException or BusinessRuleException
                or IOException or UnauthorizedAccessException or RecordFormatException or HttpRequestException
                or JsonException)
            {
                console.WriteLine(Printable.Of(failure.Message));
                return ExitCodes.Failed;
            }
        });
        return new Command("ledger", "What an accountant checks.") { verify };
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, MarketplaceLogin login, IAnsiConsole console, CancellationToken cancellationToken)
    {
        using var keys = new PinnedKeys(parsed.GetValue(Key) is { } file ? [file] : []);
        var kept = KeptBlock.At(parsed.GetValue(Keep));
        using var verifier = new JournalVerifier(keys.All.SingleOrDefault(), kept.Block);
        await login.SignInAsync(cancellationToken);
        await ReadAsync(login.Billing, verifier, console, cancellationToken);
        verifier.Close(verifier.Head is { } head
            ? await login.Billing.GetJournalBalancesAsync(head.Number, cancellationToken)
            : null);
        JournalView.Show(verifier, keys.All.Count > 0, console);
        if (verifier.Findings.Count > 0)
        {
            return ExitCodes.Failed;
        }

        kept.Replace(verifier.Head, console);
        return keys.All.Count > 0 ? ExitCodes.Held : ExitCodes.HeldUnderUnknownKey;
    }

    private static Task ReadAsync(
        BillingClient billing, JournalVerifier verifier, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var shown = console.Progress().AutoClear(true).Columns(new SpinnerColumn(), new TaskDescriptionColumn());
        return shown.StartAsync(async progress =>
        {
            var task = progress.AddTask("journal");
            await foreach (var line in billing.ReadJournalAsync(cancellationToken))
            {
                verifier.Add(line);
                if (line.Block is not null)
                {
                    task.Description = $"block {line.Block.Number}, {verifier.Entries} entries";
                }
            }
        });
    }
}
