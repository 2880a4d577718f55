namespace Marketplace.Stratum;

/// <summary>The part of the coinbase a pool leaves to its client.</summary>
/// <param name="Extranonce1">Fixed by the pool; any length, none included.</param>
/// <param name="Extranonce2Bytes">How many bytes the client chooses.</param>
public readonly record struct ExtranonceAssignment(Extranonce Extranonce1, int Extranonce2Bytes)
{
    internal static bool TryRead(ref JsonItems items, out ExtranonceAssignment assignment)
    {
        assignment = default;
        if (!items.TryNext(out var first) || !first.TryGetExtranonce(out var extranonce1)
            || !items.TryNext(out var second) || !second.TryGetInteger(out var size)
            || size is < 0 or > Extranonce.MaxBytes)
        {
            return false;
        }

        assignment = new ExtranonceAssignment(extranonce1, size);
        return true;
    }
}
