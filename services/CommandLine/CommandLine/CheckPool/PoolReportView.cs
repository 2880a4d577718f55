using Marketplace.Stratum;
using Spectre.Console;

namespace Marketplace.CommandLine.CheckPool;

/// <summary>A report as a table, the verdict last.</summary>
internal static class PoolReportView
{
    public static void Write(PoolReport report, bool showTranscript, IAnsiConsole console)
    {
        var table = new Table().AddColumns("rule", "", "seen", "what to change");
        foreach (var finding in report.Findings)
        {
            table.AddRow(
                Markup.Escape(finding.Rule),
                Coloured(finding.Verdict),
                Markup.Escape(finding.Seen),
                Markup.Escape(finding.Fix));
        }

        console.Write(table);
        if (showTranscript)
        {
            foreach (var line in report.Transcript)
            {
                console.WriteLine(line);
            }
        }

        console.MarkupLine($"{Markup.Escape(report.Url.ToString())}: {Coloured(report.Verdict)}");
    }

    private static string Coloured(PoolVerdict verdict) => verdict switch
    {
        PoolVerdict.Pass => "[green]pass[/]",
        PoolVerdict.Warn => "[yellow]warn[/]",
        _ => "[red]fail[/]",
    };
}
