using Marketplace.Primitives;

namespace Marketplace.ServiceDefaults.TestHost.Alpha;

public enum SampleState
{
    Open,
    Closed,
}

/// <summary>One of each kind of value that services keep.</summary>
public sealed class Sample
{
    public required OrderId Id { get; init; }

    public required RigId RigId { get; init; }

    public ContractId? ContractId { get; init; }

    public required Work Work { get; init; }

    public required Hashrate Hashrate { get; init; }

    public required Difficulty Difficulty { get; init; }

    public required Money Price { get; set; }

    public Money? Refund { get; init; }

    public required Currency Currency { get; init; }

    public required UInt128 Hashes { get; init; }

    public required Int128 Units { get; init; }

    public required SampleState State { get; set; }

    public required DateTimeOffset MadeAt { get; init; }
}
