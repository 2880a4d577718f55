using System.Globalization;
using System.Text.Json;
using Marketplace.Stratum.Proof;
using Spectre.Console;

namespace Marketplace.CommandLine.Verify;

/// <summary>Shows a report: first what was computed, then what is wrong, then what no certificate can show.</summary>
internal static class CertificateView
{
    private const int MaxPayees = 5;

    private const string Limits =
        "What no certificate can show: pools that speak Stratum V1 do not sign their jobs, nor their answers, so that "
        + "nothing proves that one came from the pool; --pays shows whom a job's coinbase would have paid. A share "
        + "called stale is counted so: when it came cannot be computed again. The terms are stated by the file: "
        + "compare them with the order.";

    public static void Write(
        string fileName, CertificateReport report, VerificationOptions options, IAnsiConsole console)
    {
        void Line(string name, string text) => console.WriteLine(Printable.Of($"{name,-10} {text}"));

        Line("file", fileName);
        if (report.Terms is { } terms)
        {
            WriteTerms(terms, report, Line);
            WriteWork(terms, report, Line);
            WriteVerdicts(report, console);
            WritePayees(report, options, Line);
            if (!terms.Algorithm.IsPoolAttested)
            {
                WriteLuck(report, Line);
            }
        }

        foreach (var finding in report.Findings.Listed)
        {
            Line(finding.IsFailure ? "WRONG" : "doubt", $"{Kebab(finding.Kind)}: {finding.Text}");
        }

        foreach (var (kind, count) in report.Findings.Counts.Where(pair => pair.Value > 1))
        {
            Line("", string.Create(CultureInfo.InvariantCulture, $"{Kebab(kind)}: {count} in all"));
        }

        console.WriteLine(Limits);
        Line("verdict", Verdict(report, options));
    }

    private static string Verdict(CertificateReport report, VerificationOptions options) =>
        !report.Holds ? "DOES NOT HOLD"
        : options.PinnedKeys.Count == 0 ? "HOLDS IN ITSELF, UNDER A KEY THAT NOBODY VOUCHES FOR: pin it with --key"
        : "HOLDS";

    private static void WriteTerms(CertificateTerms terms, CertificateReport report, Action<string, string> line)
    {
        var mode = terms.ProofDifficulty is { } difficulty ? $"compact, shares of {difficulty} and more" : "complete";
        line("contract", $"{terms.ContractId}, {terms.Algorithm}, {mode}");
        if (terms.Algorithm.IsSimulated)
        {
            line("SIMULATED", "this is work of the demonstration, counted higher than it was");
        }

        if (terms.Algorithm.IsPoolAttested)
        {
            line("ATTESTED", $"by the pool: nothing here computes {terms.Algorithm}, so that no hash was checked;");
            line("", "what is credited is what the pools' recorded answers accepted, each share once");
        }

        line("terms", $"{terms.Hashrate} from {terms.StartAt:u} to {terms.EndAt:u}, as the file states them");
        foreach (var key in terms.Keys)
        {
            line("key", $"{key.NodeName}, fingerprint {key.Fingerprint}");
        }

        foreach (var node in report.Nodes)
        {
            var state = node.IsClosed ? "closed" : "open";
            line("node", string.Create(
                CultureInfo.InvariantCulture,
                $"{node.NodeName}, {state}, {node.Heads} heads from {node.FirstMinuteAt:u} to {node.LastMinuteAt:u}, "
                + $"of which {node.HeadsMatched} equal one that was kept; {node.Proved} hashes"));
        }

        line("heads", string.Create(
            CultureInfo.InvariantCulture, $"{report.Heads}, of which {report.HeadsMatched} equal one that was kept"));
    }

    private static void WriteWork(CertificateTerms terms, CertificateReport report, Action<string, string> line)
    {
        var (low, high) = report.Proved.Interval95(report.Window);
        var hours = report.Window.TotalHours.ToString("0.00", CultureInfo.InvariantCulture);
        var proved = terms.IsCompact ? "hashes, as far as the shares that are shown tell"
            : terms.Algorithm.IsPoolAttested ? "hashes attested by the pool"
            : "hashes proved";
        line("work", $"{report.Proved.Work} {proved}; the heads state {report.Stated}");
        line("hashrate", $"{report.Proved.Rate(report.Window)} over {hours} h, 95 % from {low} to {high}");
        var promised = terms.Hashrate.Over(report.Window);
        if (promised > Work.Zero)
        {
            line("delivery", $"{Part(report.Proved.Work, promised)} of what was promised until then");
        }

        if (!terms.IsCompact)
        {
            var (accepted, refused, unanswered) =
                (report.PoolAnswers[0], report.PoolAnswers[1], report.PoolAnswers[2]);
            line("pools", string.Create(
                CultureInfo.InvariantCulture, $"{accepted} accepted, {refused} refused, {unanswered} unanswered"));
        }
    }

    private static void WriteVerdicts(CertificateReport report, IAnsiConsole console)
    {
        var table = new Table().AddColumns("verdict", "shares", "work");
        foreach (var verdict in VerdictSums.Verdicts.Where(verdict => report.Verdicts[verdict].Shares > 0))
        {
            var sum = report.Verdicts[verdict];
            table.AddRow(
                new Text(Kebab(verdict)),
                new Text(sum.Shares.ToString(CultureInfo.InvariantCulture)).RightJustified(),
                new Text(sum.Work.ToString()).RightJustified());
        }

        console.Write(table);
    }

    private static void WritePayees(
        CertificateReport report, VerificationOptions options, Action<string, string> line)
    {
        if (options.Pays is { } address)
        {
            line("pays", $"{Part(report.Payees.PayingWork, report.Proved.Work)} of the work pays {address}");
        }

        foreach (var (payee, work) in report.Payees.WorkByPayee.OrderByDescending(pair => pair.Value).Take(MaxPayees))
        {
            line("payee", $"{payee} on {Part(work, report.Proved.Work)} of the work");
        }
    }

    private static void WriteLuck(CertificateReport report, Action<string, string> line)
    {
        var luck = report.Blocks;
        line("blocks", string.Create(
            CultureInfo.InvariantCulture,
            $"{luck.Found} found, {luck.Expected:G3} expected, p = {luck.PValue:0.###}"));
        line("", luck.Detectable is { } part
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"withholding {part:P0} of them would have shown with {BlockLuck.Power:P0}; less may go unseen")
            : "too few to tell: even the withholding of all blocks would not show");
        foreach (var block in report.BlockHashes)
        {
            line("block", block.ToString());
        }

        line("hashes", string.Create(
            CultureInfo.InvariantCulture, $"honest hardware looks as odd as this with p = {report.TailPValue:0.###}"));
    }

    private static string Part(Work part, Work whole) => whole == Work.Zero
        ? "nothing"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * (double)part.Hashes / (double)whole.Hashes:0.00} %");

    private static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
