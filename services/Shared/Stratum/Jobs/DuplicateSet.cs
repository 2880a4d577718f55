namespace Marketplace.Stratum;

/// <summary>
/// The headers already credited in one job, in a table of 16 bytes an entry. A header is known by half of its hash, the
/// half that no target makes zero: two headers that agree in it would take 2^64 hashes to find, and gain a refusal. Not
/// for use by two threads at once.
/// </summary>
/// <param name="capacity">The most hashes it remembers.</param>
public sealed class DuplicateSet(int capacity)
{
    private const int FirstSlots = 32;

    private UInt128[] _slots = new UInt128[FirstSlots];

    public int Count { get; private set; }

    /// <summary>Makes room beforehand, so that nothing is allocated later.</summary>
    public void Reserve()
    {
        while (!HasRoomFor(capacity))
        {
            Grow();
        }
    }

    public DuplicateCheck Add(in ShareHash hash)
    {
        var key = KeyOf(hash);
        var slot = Find(key);
        if (_slots[slot] == key)
        {
            return DuplicateCheck.Duplicate;
        }

        if (Count >= capacity)
        {
            return DuplicateCheck.Full;
        }

        if (!HasRoomFor(Count + 1))
        {
            Grow();
            slot = Find(key);
        }

        _slots[slot] = key;
        Count++;
        return DuplicateCheck.New;
    }

    public void Remove(in ShareHash hash)
    {
        var key = KeyOf(hash);
        var gap = Find(key);
        if (_slots[gap] != key)
        {
            return;
        }

        Count--;
        for (var next = Behind(gap); _slots[next] != 0; next = Behind(next))
        {
            // Whoever would be looked for across the gap moves into it.
            var home = HomeOf(_slots[next]);
            if (((next - home) & (_slots.Length - 1)) >= ((next - gap) & (_slots.Length - 1)))
            {
                _slots[gap] = _slots[next];
                gap = next;
            }
        }

        _slots[gap] = 0;
    }

    /// <summary>Zero marks an empty slot.</summary>
    private static UInt128 KeyOf(in ShareHash hash) => hash.LowerHalf == 0 ? UInt128.One : hash.LowerHalf;

    private bool HasRoomFor(int count) => count <= _slots.Length - _slots.Length / 4;

    private int HomeOf(UInt128 key) => (int)(uint)key & (_slots.Length - 1);

    private int Behind(int slot) => (slot + 1) & (_slots.Length - 1);

    /// <returns>Where the key is, or where it would go.</returns>
    private int Find(UInt128 key)
    {
        var slot = HomeOf(key);
        while (_slots[slot] != 0 && _slots[slot] != key)
        {
            slot = Behind(slot);
        }

        return slot;
    }

    private void Grow()
    {
        var smaller = _slots;
        _slots = new UInt128[2 * smaller.Length];
        foreach (var key in smaller)
        {
            if (key != 0)
            {
                _slots[Find(key)] = key;
            }
        }
    }
}
