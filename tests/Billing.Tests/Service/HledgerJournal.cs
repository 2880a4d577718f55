using System.Diagnostics;
using System.Globalization;
using System.Text;
using Marketplace.Client.Billing;
using Shouldly;
using Xunit;

namespace Marketplace.Billing.Tests.Service;

/// <summary>Entries as hledger reads them: a program that shares no code with ours.</summary>
internal static class HledgerJournal
{
    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, "hledger")).FirstOrDefault(File.Exists);

    public static string Of(IReadOnlyList<LedgerEntry> entries)
    {
        var text = new StringBuilder("commodity USD 1000.00000000\n\n");
        var accounts = entries.SelectMany(entry => entry.Postings).Select(posting => posting.Account).Distinct();
        foreach (var account in accounts.Order(StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"account {account}");
        }

        foreach (var entry in entries.OrderBy(entry => entry.EffectiveAt.UtcDateTime.Date))
        {
            var said = entry.Description.Replace(';', ',');
            text.AppendLine(CultureInfo.InvariantCulture, $"\n{entry.EffectiveAt:yyyy-MM-dd} * {entry.Key} {said}");
            foreach (var posting in entry.Postings)
            {
                var amount = $"{posting.Amount.Currency} {posting.Amount.ToAmountString()}";
                text.AppendLine(CultureInfo.InvariantCulture, $"    {posting.Account}  {amount}");
            }
        }

        return text.ToString();
    }

    public static async Task CheckAsync(string journal, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(Program is not null, "hledger is not installed");
        var start = new ProcessStartInfo(Program!, "-f - check accounts commodities ordereddates balanced")
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var hledger = Process.Start(start)!;
        await hledger.StandardInput.WriteAsync(journal.AsMemory(), cancellationToken);
        hledger.StandardInput.Close();
        var complaint = await hledger.StandardError.ReadToEndAsync(cancellationToken);
        await hledger.WaitForExitAsync(cancellationToken);
        hledger.ExitCode.ShouldBe(0, complaint);
    }
}
