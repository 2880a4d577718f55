using Marketplace.Messages.HashrateProxy;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>What a contract's meter shows at one moment, since this node started.</summary>
internal sealed record MeterSnapshot(
    Work Proved,
    IReadOnlyList<WindowReading> Shown,
    IReadOnlyList<WindowReading> Confirmed,
    IReadOnlyDictionary<ShareVerdict, long> SharesByVerdict,
    PoolAnswers PoolAnswers,
    IReadOnlyDictionary<string, long> PoolRefusalsByReason,
    DateTimeOffset? FirstPoolAcceptedAt,
    DateTimeOffset? LastShareAt);
