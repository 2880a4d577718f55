using System.Globalization;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// Writes down what a share is later judged by: jobs, workers, routes, difficulties, answers of pools. Nobody waits for
/// these records; they stand in the log before the first share that refers to them. The stamps' numbers and instants
/// are given by the log.
/// </summary>
internal sealed class ProofRecorder(ShareLogWriter log)
{
    /// <summary>Of a record that the log has yet to number and date.</summary>
    public static RecordStamp StampOf(ContractId? contractId) => new(0, default, contractId);

    /// <summary>For a connection: unique on the node, also across restarts.</summary>
    public long TakeNumber() => log.TakeNumber();

    /// <summary>What a worker calls the job of a number; never used twice.</summary>
    public static string NameOfJob(long number) => number.ToString("x", CultureInfo.InvariantCulture);

    /// <returns>The record's number; null while the log has no room for it.</returns>
    public long? Append(in PoolJobRecord record) => log.Append(
        record.Stamp.ContractId,
        record,
        static (body, in stamp, in record) => (record with { Stamp = stamp }).Write(body))?.Number;

    /// <inheritdoc cref="Append(in PoolJobRecord)"/>
    public long? Append(in DownstreamJobRecord record) => log.Append(
        record.Stamp.ContractId,
        record,
        static (body, in stamp, in record) => (record with { Stamp = stamp }).Write(body))?.Number;

    public void Append(in WorkerRecord record) => log.Append(
        record.Stamp.ContractId,
        record,
        static (body, in stamp, in record) => (record with { Stamp = stamp }).Write(body));

    public void Append(in RouteChangeRecord record) => log.Append(
        record.Stamp.ContractId,
        record,
        static (body, in stamp, in record) => (record with { Stamp = stamp }).Write(body));

    public void Append(in DifficultyChangeRecord record) => log.Append(
        record.Stamp.ContractId,
        record,
        static (body, in stamp, in record) => (record with { Stamp = stamp }).Write(body));

    /// <summary>What the books alone need: it proves nothing.</summary>
    public void Append(in RefusedWorkRecord record) => log.Append(
        record.ContractId, record, static (body, in _, in record) => record.Write(body));

    /// <returns>When it came; null while the log has no room for it.</returns>
    public DateTimeOffset? Append(in PoolAnswerRecord record) => log.Append(
        record.Stamp.ContractId,
        record,
        static (body, in stamp, in record) => (record with { Stamp = stamp }).Write(body))?.At;
}
