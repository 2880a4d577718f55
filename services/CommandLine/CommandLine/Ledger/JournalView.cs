using System.Globalization;
using Marketplace.Client.Billing;
using Spectre.Console;

namespace Marketplace.CommandLine.Ledger;

/// <summary>What came of a journal that was computed again.</summary>
internal static class JournalView
{
    public static void Show(JournalVerifier verifier, bool isKeyGiven, IAnsiConsole console)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"journal    {verifier.Entries} entries in {verifier.Head?.Number ?? 0} blocks, "
            + $"{verifier.Balances.Count} accounts"));
        if (verifier.Head is { } head)
        {
            console.WriteLine($"head       {Printable.Of(head.Hash)}, sealed {head.SealedAt:u}");
        }

        foreach (var finding in verifier.Findings)
        {
            console.WriteLine($"WRONG      {Printable.Of(finding.Text)}");
        }

        if (verifier.Findings.Count == 0)
        {
            console.WriteLine("holds      every entry is balanced, in its place and as it was sealed");
            console.WriteLine("           every account's balance is the sum of its postings");
        }

        if (!isKeyGiven)
        {
            console.WriteLine("doubt      the signatures were not checked: give billing's key with --key");
        }
    }
}
