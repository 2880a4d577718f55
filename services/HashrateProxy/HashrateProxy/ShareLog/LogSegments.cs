using System.Globalization;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// The files of one node's log, named by number and beginning: <c>0000000012-20261101T120000000.log</c>.
/// </summary>
internal static class LogSegments
{
    private const string Extension = ".log";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff";
    private const int NumberDigits = 10;

    public static string NameOf(long number, DateTimeOffset startedAt) => string.Create(
        CultureInfo.InvariantCulture, $"{number:d10}-{startedAt.UtcDateTime.ToString(TimeFormat, null)}{Extension}");

    /// <summary>Oldest first; none where the node never wrote.</summary>
    public static IReadOnlyList<LogSegment> In(string nodeDirectory) => Directory.Exists(nodeDirectory)
        ?
        [
            .. Directory.EnumerateFiles(nodeDirectory, "*" + Extension)
                .Select(Parse)
                .OfType<LogSegment>()
                .OrderBy(segment => segment.Number),
        ]
        : [];

    /// <summary>Those that can hold what was written at an instant or later.</summary>
    public static IEnumerable<LogSegment> Since(string nodeDirectory, DateTimeOffset at)
    {
        var segments = In(nodeDirectory);
        var firstAfter = segments.TakeWhile(segment => segment.StartedAt <= at).Count();
        return segments.Skip(Math.Max(firstAfter - 1, 0));
    }

    private static LogSegment? Parse(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.Length > NumberDigits
            && long.TryParse(name.AsSpan(0, NumberDigits), CultureInfo.InvariantCulture, out var number)
            && DateTimeOffset.TryParseExact(
                name[(NumberDigits + 1)..], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var startedAt)
            ? new LogSegment(number, startedAt, path)
            : null;
    }
}

/// <param name="Number">1, 2, 3, ... per node, over all its runs.</param>
internal sealed record LogSegment(long Number, DateTimeOffset StartedAt, string Path);
