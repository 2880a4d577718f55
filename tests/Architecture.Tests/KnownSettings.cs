using System.Text.RegularExpressions;

namespace Marketplace.Architecture.Tests;

/// <summary>
/// The configuration keys the code reads: sections bound to a record, with the record's properties, and keys named in
/// full. A setting that nobody reads is a typing error that no program would ever report.
/// </summary>
internal sealed partial class KnownSettings
{
    private static readonly string[] FrameworkKeys = ["Urls", "Logging:*", "ConnectionStrings:*"];

    private readonly List<Regex> _patterns = [];

    public KnownSettings()
    {
        var sources = SourceFiles.Named(".cs")
            .Where(file => file.Path.StartsWith("services/", StringComparison.Ordinal))
            .Select(file => file.Text)
            .ToList();
        var records = sources.SelectMany(text => RecordBodies(text)).ToLookup(one => one.Name, one => one.Body);
        foreach (var (section, record) in sources.SelectMany(text => Bindings(text, records)))
        {
            AddRecord(section, record, records);
        }

        var keys = sources.SelectMany(text => KeyLiteral().Matches(text)).Select(match => match.Groups[1].Value);
        _patterns.AddRange(keys.Concat(FrameworkKeys).Select(key => PatternOf(Hole().Replace(key, "*"))));
    }

    public bool Knows(string variable)
    {
        var key = variable.Replace("__", ":", StringComparison.Ordinal);
        return _patterns.Any(pattern => pattern.IsMatch(key));
    }

    private void AddRecord(string section, string record, ILookup<string, string> records)
    {
        foreach (Match property in records[record].SelectMany(body => Property().Matches(body)))
        {
            var key = $"{section}:{property.Groups["name"].Value}";
            var type = property.Groups["item"].Success ? property.Groups["item"].Value : property.Groups["type"].Value;
            _patterns.Add(PatternOf(property.Groups["item"].Success ? key + ":*" : key));
            if (records.Contains(type) && type != record)
            {
                AddRecord(property.Groups["item"].Success ? key + ":*" : key, type, records);
            }
        }
    }

    private static IEnumerable<(string Section, string Record)> Bindings(
        string text, ILookup<string, string> records) =>
        Binding().Matches(text).Concat(Section().Matches(text)).Select(match =>
        {
            var record = match.Groups["record"].Value;
            var section = match.Groups["section"].Success
                ? match.Groups["section"].Value
                : records[record].Select(body => SectionName().Match(body).Groups[1].Value).FirstOrDefault("");
            return (section, record);
        });

    /// <summary>From each record's name to the next one's: enough to find its properties.</summary>
    private static IEnumerable<(string Name, string Body)> RecordBodies(string text)
    {
        var starts = RecordStart().Matches(text);
        return starts.Select((start, order) => (
            start.Groups[1].Value,
            text[start.Index..(order + 1 < starts.Count ? starts[order + 1].Index : text.Length)]));
    }

    private static Regex PatternOf(string key) =>
        new("^" + Regex.Escape(key).Replace(@"\*", ".+", StringComparison.Ordinal) + "$", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"\b(?:record|class) (?:struct )?(\w+)")]
    private static partial Regex RecordStart();

    [GeneratedRegex(
        @"public (?:required )?(?:\w+<(?:\w+, )?(?<item>\w+)(?:\[\])?>|(?<type>[\w.]+)\??(?:\[\])?) "
        + @"(?<name>\w+) \{ get;")]
    private static partial Regex Property();

    [GeneratedRegex(
        @"AddOptions<(?<record>\w+)>\((?:\)\s*\.BindConfiguration\()?(?:""(?<section>[\w:]+)""|[\w.]+)\)")]
    private static partial Regex Binding();

    [GeneratedRegex(@"GetSection\((?:""(?<section>[\w:]+)""|[\w.]+)\)\s*\.Get<(?<record>\w+)>")]
    private static partial Regex Section();

    [GeneratedRegex(@"const string Section\w* = ""([\w:]+)""")]
    private static partial Regex SectionName();

    [GeneratedRegex(@"""([A-Z]\w+(?::(?:\w+|\{[^}""]+\}))+)""")]
    private static partial Regex KeyLiteral();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Hole();
}
