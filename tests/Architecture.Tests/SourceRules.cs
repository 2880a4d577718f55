using System.Text.RegularExpressions;
using Xunit;

namespace Marketplace.Architecture.Tests;

public sealed partial class SourceRules
{
    private const int MaxFileLines = 400;
    private const int MaxLineColumns = 120;
    private const int MaxHostLines = 15;

    /// <summary>Pictures, fonts and transcripts of other people's programs.</summary>
    private static readonly string[] Recorded = [".png", ".ico", ".ttf", ".woff2", ".jsonl", ".log"];

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        SourceFiles.Named(".cs", ".ts", ".tsx", ".sh")
            .Where(file => !file.Name.EndsWith(".d.ts", StringComparison.Ordinal))
            .Where(file => file.Lines.Length > MaxFileLines)
            .Select(file => $"{file.Path} has {file.Lines.Length} lines")
            .ShouldBeNone();

    /// <summary>It may be lost at any time, so that nothing that moves money or machines may read it.</summary>
    [Fact]
    public void Live_state_is_used_by_what_is_shown_alone() => SourceFiles.Named(".cs")
        .Where(file => file.Path.StartsWith("services/", StringComparison.Ordinal)
            && !file.Path.StartsWith("services/Shared/ServiceDefaults/", StringComparison.Ordinal)
            && !file.Path.Contains("/Live/", StringComparison.Ordinal)
            && !file.Path.Contains("/Heads/", StringComparison.Ordinal)
            && file.Text.Contains("ILiveState", StringComparison.Ordinal))
        .Select(file => file.Path)
        .ShouldBeNone();

    [Fact]
    public void No_line_of_code_is_wider_than_120_columns() =>
        SourceFiles.Named(".cs", ".csproj", ".sh")
            .SelectMany(file => file.LinesWhere(line => line.Length > MaxLineColumns))
            .ShouldBeNone();

    [Fact]
    public void A_host_is_a_table_of_contents() =>
        SourceFiles.Named("/Program.cs")
            .Where(file => file.Path.StartsWith("services/", StringComparison.Ordinal))
            .Where(file => file.Lines.Length > MaxHostLines)
            .Select(file => $"{file.Path} has {file.Lines.Length} lines")
            .ShouldBeNone();

    /// <summary>Two that are written side by side take the same number.</summary>
    [Fact]
    public void Decisions_are_numbered_without_gaps_or_doubles()
    {
        var decisions = SourceFiles.Named(".md")
            .Where(file => file.Path.StartsWith("infra/decisions/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList();
        decisions.Where((file, index) => !file.Name.StartsWith($"{index + 1:0000}-", StringComparison.Ordinal)
                || !file.Lines[0].StartsWith($"# {index + 1}. ", StringComparison.Ordinal))
            .Select(file => file.Path)
            .ShouldBeNone();
    }

    [Fact]
    public void The_topologies_share_one_code_base_without_conditions() =>
        SourceFiles.Named(".cs")
            .SelectMany(file => file.LinesWhere(line => Directive().IsMatch(line)))
            .ShouldBeNone();

    [Fact]
    public void Nothing_is_left_to_do_or_tied_to_one_machine() =>
        SourceFiles.All
            .Where(file => file.Name is not ("SourceRules.cs" or "package-lock.json"))
            .Where(file => !Recorded.Contains(Path.GetExtension(file.Name)))
            .SelectMany(file => file.LinesWhere(line => Unfinished().IsMatch(line) || Machine().IsMatch(line)))
            .ShouldBeNone();

    [Fact]
    public void Services_keep_their_types_to_themselves() =>
        SourceFiles.Named(".cs")
            .Where(file => InsideService().IsMatch(file.Path))
            .SelectMany(file => file.LinesWhere(line => PublicType().IsMatch(line)))
            .Where(line => !line.Contains("Module : IServiceModule", StringComparison.Ordinal))
            .ShouldBeNone();

    [GeneratedRegex(@"^\s*#\s*(if|elif|region)\b")]
    private static partial Regex Directive();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(^|[\s""'=(:])/(work|tmp/wt|home|Users)/")]
    private static partial Regex Machine();

    [GeneratedRegex(@"^services/(Identity|Catalog|Ordering|Billing|HashrateProxy)/")]
    private static partial Regex InsideService();

    [GeneratedRegex(@"^public .*\b(class|record|struct|interface|enum) ")]
    private static partial Regex PublicType();
}
