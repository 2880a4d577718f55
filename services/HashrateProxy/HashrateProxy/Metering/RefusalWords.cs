using System.Globalization;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// What pools said to shares they refused, and how often. Guarded by its owner's lock; a pool that says something new
/// each time fills one line.
/// </summary>
internal sealed class RefusalWords
{
    public const int MaxLines = 32;
    public const string Others = "(others)";
    private const int MaxTextLength = 80;

    private readonly Dictionary<StratumError, long> _counts = [];
    private long _others;

    public void Count(StratumError error)
    {
        if (_counts.ContainsKey(error) || _counts.Count < MaxLines)
        {
            _counts[error] = _counts.GetValueOrDefault(error) + 1;
        }
        else
        {
            _others++;
        }
    }

    /// <summary><c>21 Job not found</c> and how often it was said.</summary>
    public IReadOnlyDictionary<string, long> ToDictionary()
    {
        var lines = _counts.GroupBy(pair => Line(pair.Key))
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        if (_others > 0)
        {
            lines[Others] = _others;
        }

        return lines;
    }

    private static string Line(StratumError error) => string.Create(
        CultureInfo.InvariantCulture,
        $"{error.Code} {(error.Text.Length > MaxTextLength ? error.Text[..MaxTextLength] : error.Text)}");
}
