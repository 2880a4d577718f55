using Marketplace.HashrateProxy.Metering;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// A share that we accepted and that meets the pool's difficulty, or that only the pool can judge, in the pool's own
/// terms.
/// </summary>
/// <param name="Extranonce2">
/// Prefix, the worker's extranonce1 and its extranonce2: what the pool calls extranonce2.
/// </param>
/// <param name="VersionBits">Null where the pool does not let workers roll the version.</param>
/// <param name="Meter">Where its answer is counted.</param>
/// <param name="IsCredited">
/// False for a block that went up although we refuse the share: a pool that refuses it too is no offence.
/// </param>
/// <param name="IsUrgent">It solves a block, or its worker waits for the pool's answer.</param>
/// <param name="At">When it came.</param>
/// <param name="Awaited">Told what the pool says, where that alone credits it; null where we judged it.</param>
internal sealed record UpstreamShare(
    UpstreamJob Job,
    Extranonce Extranonce2,
    uint NTime,
    uint Nonce,
    uint? VersionBits,
    ContractMeter Meter,
    bool IsCredited,
    bool IsUrgent,
    DateTimeOffset At,
    IAwaitedShare? Awaited = null)
{
    private long _number;

    /// <summary>
    /// Of its record in the log, which a share that solves a block gets only after it went up; null until then.
    /// </summary>
    public long? Number
    {
        get => Volatile.Read(ref _number) is > 0 and var number ? number : null;
        set => Volatile.Write(ref _number, value ?? 0);
    }

    public void WriteSubmit(UpstreamLineWriter lines, long id, ReadOnlySpan<byte> userUtf8) =>
        lines.Submit(id, userUtf8, Job.Job.IdUtf8, Extranonce2, NTime, Nonce, VersionBits);
}
