using System.Collections.Concurrent;

namespace Marketplace.ServiceDefaults.TestHost;

/// <summary>What a test wants to fail.</summary>
public sealed class Faults
{
    public ConcurrentDictionary<int, string> Numbers { get; } = new();

    public ConcurrentDictionary<string, string> Notes { get; } = new(StringComparer.Ordinal);

    public void ThrowAt(int number)
    {
        if (Numbers.TryGetValue(number, out var reason))
        {
            throw new InvalidOperationException(reason);
        }
    }

    public void ThrowAt(string note)
    {
        if (Notes.TryGetValue(note, out var reason))
        {
            throw new InvalidOperationException(reason);
        }
    }
}
