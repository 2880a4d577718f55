using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>A submit with its verdict, on its way into the log and the meters; lives on the stack.</summary>
/// <param name="at">When it was judged.</param>
/// <param name="contractId">Null while the fleet hashes for its owner.</param>
/// <param name="rigId">Whose worker sent it.</param>
/// <param name="verdict">Ours.</param>
/// <param name="work">What it would prove.</param>
/// <param name="workerName">At most <see cref="ShareRecord.MaxWorkerNameBytes"/> in UTF-8.</param>
/// <param name="header">The 80 bytes that were hashed; empty when none could be built.</param>
internal readonly ref struct JudgedShare(
    DateTimeOffset at,
    ContractId? contractId,
    RigId rigId,
    ShareVerdict verdict,
    Work work,
    string workerName,
    ReadOnlySpan<byte> header)
{
    public DateTimeOffset At { get; init; } = at;

    public ContractId? ContractId { get; } = contractId;

    public RigId RigId { get; } = rigId;

    public ShareVerdict Verdict { get; } = verdict;

    public Work Work { get; } = work;

    public string WorkerName { get; } = workerName;

    public ReadOnlySpan<byte> Header { get; } = header;
}
