using System.Text.RegularExpressions;
using Marketplace.TestKit;

namespace Marketplace.Architecture.Tests;

/// <summary>As much of docker-compose.yml as is compared with the code: one setting a line.</summary>
internal sealed partial class ComposeFile
{
    private readonly string[] _lines;

    private ComposeFile(string[] lines)
    {
        _lines = lines;
        SharedEnvironment = Settings(BlockAt("x-environment:", indent: 0));
        Services = Children(BlockAt("services:", indent: 0)).ToDictionary(
            one => one.Name, one => new ComposeService(one.Name, one.Lines, Settings(one.Lines)));
    }

    public string Text => string.Join('\n', _lines);

    public IReadOnlyDictionary<string, string> SharedEnvironment { get; }

    public IReadOnlyDictionary<string, ComposeService> Services { get; }

    public static ComposeFile Read() => new(File.ReadAllLines(Path.Combine(Repository.Root, "docker-compose.yml")));

    /// <summary>Names of the variables that must be in .env.</summary>
    public IEnumerable<string> RequiredVariables() =>
        Variable().Matches(Text).Select(match => match.Groups[1].Value).Distinct();

    private string[] BlockAt(string header, int indent) =>
    [
        .. _lines.SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.Length == 0 || IndentOf(line) > indent),
    ];

    private static IEnumerable<(string Name, string[] Lines)> Children(string[] block)
    {
        var starts = Enumerable.Range(0, block.Length).Where(index => Child().IsMatch(block[index])).ToList();
        return starts.Select((start, order) => (
            block[start].Trim().TrimEnd(':'),
            block[(start + 1)..(order + 1 < starts.Count ? starts[order + 1] : block.Length)]));
    }

    private static Dictionary<string, string> Settings(IEnumerable<string> lines) =>
        lines.Select(line => Setting().Match(line))
            .Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim('"'));

    private static int IndentOf(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"^  [a-z-]+:$")]
    private static partial Regex Child();

    [GeneratedRegex(@"^\s+(\w+__\w+|Urls): (.+)$")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<!\$)\$\{(\w+)(?::\?[^}]*)?\}")]
    private static partial Regex Variable();
}

internal sealed partial record ComposeService(string Name, string[] Lines, IReadOnlyDictionary<string, string> Settings)
{
    public string? Program => Find(BuiltProgram());

    public string? Image => Find(ImageName());

    public bool HasHealthCheck =>
        Lines.Any(line => line.TrimStart().StartsWith("healthcheck:", StringComparison.Ordinal));

    private string? Find(Regex pattern) =>
        Lines.Select(line => pattern.Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;

    [GeneratedRegex(@"SERVICE: ([\w.]+)")]
    private static partial Regex BuiltProgram();

    [GeneratedRegex(@"^\s+image: (\S+)")]
    private static partial Regex ImageName();
}
