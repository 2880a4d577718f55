using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Persistence;

/// <summary>A closed minute's signed head, for whoever asks for it.</summary>
internal sealed class StoredHead
{
    public required ContractId ContractId { get; init; }

    public required string NodeName { get; init; }

    /// <summary>0, 1, 2, ... without gaps per contract and node.</summary>
    public required long Index { get; init; }

    public required DateTimeOffset MinuteAt { get; init; }

    public required bool IsLast { get; init; }

    /// <summary>A <see cref="MinuteHead"/> as it was signed.</summary>
    public required byte[] Body { get; init; }

    public required byte[] Signature { get; init; }

    public SignedHead ToSigned() => new(Body, Signature);
}
