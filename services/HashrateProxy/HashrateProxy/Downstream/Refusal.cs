using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>An error on its way into an outbox, with the request's id as it came.</summary>
internal readonly ref struct Refusal(ReadOnlySpan<byte> id, StratumError error)
{
    public ReadOnlySpan<byte> Id { get; } = id;

    public StratumError Error { get; } = error;
}
