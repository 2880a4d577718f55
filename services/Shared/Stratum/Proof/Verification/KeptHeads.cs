using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>Heads that a party kept while the contract ran.</summary>
public sealed class KeptHeads
{
    /// <summary>More than a year of minutes on ten nodes.</summary>
    public const int MaxHeads = 6_000_000;

    private readonly Dictionary<(ContractId, string, long), SignedHead> _heads = [];

    public int Count => _heads.Count;

    /// <summary>Adds one; the same may come again.</summary>
    /// <exception cref="RecordFormatException">
    /// It is no head, one too many, or another one of a minute that is here: two histories were shown.
    /// </exception>
    public void Add(SignedHead kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var head = kept.ToHead();
        var place = (head.ContractId, head.NodeName, head.Index);
        if (_heads.TryGetValue(place, out var known))
        {
            if (!known.Body.AsSpan().SequenceEqual(kept.Body))
            {
                throw new RecordFormatException(
                    $"Two kept heads tell differently of minute {head.Index} of {head.ContractId} on {head.NodeName}.");
            }

            return;
        }

        if (_heads.Count == MaxHeads)
        {
            throw new RecordFormatException($"More than {MaxHeads} heads were kept.");
        }

        _heads.Add(place, kept);
    }

    internal SignedHead? Find(MinuteHead head) =>
        _heads.GetValueOrDefault((head.ContractId, head.NodeName, head.Index));

    internal IEnumerable<MinuteHead> Of(ContractId contractId) =>
        _heads.Where(pair => pair.Key.Item1 == contractId).Select(pair => pair.Value.ToHead());
}
