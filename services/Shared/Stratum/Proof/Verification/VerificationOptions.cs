using System.Security.Cryptography;
using Marketplace.Primitives;
using Marketplace.Stratum.Coinbase;

namespace Marketplace.Stratum.Proof;

/// <summary>What the verifier is told from outside the certificate.</summary>
public sealed class VerificationOptions
{
    /// <summary>Public keys got by another way; empty to believe those in the certificate.</summary>
    public IReadOnlyList<ECDsa> PinnedKeys { get; init; } = [];

    public KeptHeads KeptHeads { get; init; } = new();

    /// <summary>Whom the coinbases are to pay; null when it does not matter.</summary>
    public PayoutAddress? Pays { get; init; }

    /// <summary>Shared by all files that are looked at together; null to look at each alone.</summary>
    public SoldHashes? SoldHashes { get; init; }
}

/// <summary>Headers that were credited, over several certificates.</summary>
public sealed class SoldHashes
{
    private readonly Dictionary<ShareHash, ContractId> _contracts = [];

    /// <summary>The other contract in which this header was credited; null when there is none.</summary>
    internal ContractId? Add(in ShareHash hash, ContractId contractId) =>
        _contracts.TryAdd(hash, contractId) || _contracts[hash] == contractId ? null : _contracts[hash];
}
