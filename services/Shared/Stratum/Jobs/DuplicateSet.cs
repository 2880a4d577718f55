namespace Marketplace.Stratum;

/// <summary>The headers already credited in one job. Not for use by two threads at once.</summary>
/// <param name="capacity">The most hashes it remembers.</param>
public sealed class DuplicateSet(int capacity)
{
    private const int FirstCapacity = 16;

    private readonly HashSet<ShareHash> _seen = new(Math.Min(capacity, FirstCapacity));

    public int Count => _seen.Count;

    /// <summary>Makes room beforehand, so that nothing is allocated later.</summary>
    public void Reserve() => _seen.EnsureCapacity(capacity);

    public DuplicateCheck Add(in ShareHash hash)
    {
        if (_seen.Count >= capacity)
        {
            return _seen.Contains(hash) ? DuplicateCheck.Duplicate : DuplicateCheck.Full;
        }

        return _seen.Add(hash) ? DuplicateCheck.New : DuplicateCheck.Duplicate;
    }

    public void Remove(in ShareHash hash) => _seen.Remove(hash);
}
