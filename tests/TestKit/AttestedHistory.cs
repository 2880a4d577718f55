using System.Security.Cryptography;
using Marketplace.Primitives;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.TestKit;

/// <summary>
/// Two minutes of an x11 contract on one node: shares that went up, and what the pool said to them. It can be bent
/// before its minutes are signed, as a dishonest node would.
/// </summary>
public sealed class AttestedHistory : IDisposable
{
    public static readonly DateTimeOffset StartAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Difficulty Difficulty = Difficulty.Of(100);

    private const string NodeName = "node-1";
    private const int Minutes = 2;

    private long _lastNumber;

    public AttestedHistory()
    {
        PoolJob = new PoolJobRecord(
            Stamp(0), null, 1, Algorithm.X11, HistoryBench.NewPoolJob(StartAt, HistoryBench.Payee),
            new ExtranonceAssignment(new Extranonce([1, 2, 3, 4]), 8), Difficulty, 0);
        Add(0, RecordBody.Of(PoolJobRecord.MaxBytes, PoolJob.Write));
        Job = AddJob(Difficulty);
    }

    public static Work ShareWork { get; } = Work.Of(Difficulty.ToTarget(Algorithm.X11), Algorithm.X11);

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ContractId ContractId { get; } = new(new Guid(3, 0, 0, new byte[8]));

    public PoolJobRecord PoolJob { get; }

    /// <summary>The number of the job of ours.</summary>
    public long Job { get; }

    /// <summary>Records by minute, in the order of the log.</summary>
    public List<List<byte[]>> Records { get; } = [.. Enumerable.Range(0, Minutes).Select(_ => new List<byte[]>())];

    public CertificateTerms Terms => new(
        ContractId, Algorithm.X11, Hashrate.FromTerahashes(1), StartAt, StartAt.AddMinutes(Minutes), null,
        [new NodeKey(NodeName, Key.ExportSubjectPublicKeyInfo())]);

    public long AddJob(Difficulty difficulty)
    {
        var job = new DownstreamJobRecord(
            Stamp(1), PoolJob.Stamp.Number, 1, new Extranonce([0, 0, 0, 7]), new Extranonce([1]), 3,
            PoolJob.Job.NTime, difficulty, 0);
        Add(0, RecordBody.Of(DownstreamJobRecord.MaxBytes, job.Write));
        return job.Stamp.Number;
    }

    /// <summary>A share of the job that went up.</summary>
    /// <param name="second">Since the start.</param>
    /// <param name="nonce">Another one for each header.</param>
    /// <param name="job">Null for the usual one.</param>
    /// <param name="ntime">Null for its job's.</param>
    public long Send(int second, uint nonce, long? job = null, uint? ntime = null)
    {
        var share = new AttestedShareRecord(
            Stamp(second), job ?? Job, 0, new Extranonce([9, 9, 9]), ntime ?? PoolJob.Job.NTime, nonce, null);
        Add(second, RecordBody.Of(AttestedShareRecord.MaxBytes, share.Write));
        return share.Stamp.Number;
    }

    public void Answer(int second, long share, PoolAnswerKind answer)
    {
        var record = new PoolAnswerRecord(
            Stamp(second), share, answer, answer == PoolAnswerKind.Refused ? 23 : 0, "");
        Add(second, RecordBody.Of(PoolAnswerRecord.MaxBytes, record.Write));
    }

    /// <summary>A share with a verdict of ours.</summary>
    public void Judge(int second, uint nonce, ShareVerdict verdict) => Add(second, HistoryBench.Written(new ShareRecord(
        Stamp(second), Job, 0, verdict, new Extranonce([9, 9, 9]), PoolJob.Job.NTime, nonce, null)));

    /// <summary>Closes and signs the minutes as they are now.</summary>
    public List<SignedHead> Seal()
    {
        var (jobs, heads) = (new JobBook(), new List<SignedHead>());
        MinuteHead? previous = null;
        for (var minute = 0; minute < Minutes; minute++)
        {
            var open = new OpenMinute();
            Records[minute].ForEach(body => open.Add(body, jobs));
            var minuteAt = StartAt.AddMinutes(minute);
            previous = open.Close(
                ContractId, NodeName, minuteAt, previous, minuteAt.AddSeconds(90), minute == Minutes - 1);
            heads.Add(new SignedHead(previous.ToBody(), Key.SignData(previous.ToBody(), HashAlgorithmName.SHA256)));
        }

        return heads;
    }

    public async Task<byte[]> WriteAsync(List<SignedHead> heads)
    {
        using var file = new MemoryStream();
        await using (var writer = await CertificateWriter.BeginAsync(file, Terms))
        {
            for (var minute = 0; minute < heads.Count; minute++)
            {
                await writer.WriteMinuteAsync(heads[minute], Records[minute]);
            }

            await writer.EndAsync();
        }

        return file.ToArray();
    }

    /// <param name="sealedBefore">Null to seal the minutes as they are now.</param>
    public async Task<CertificateReport> VerifyAsync(List<SignedHead>? sealedBefore = null)
    {
        var heads = sealedBefore ?? Seal();
        var kept = new KeptHeads();
        heads.ForEach(kept.Add);
        return CertificateVerifier.Verify(
            new MemoryStream(await WriteAsync(heads)),
            new VerificationOptions { PinnedKeys = [Key], KeptHeads = kept });
    }

    public void Dispose() => Key.Dispose();

    private RecordStamp Stamp(int second) => new(++_lastNumber, StartAt.AddSeconds(second), ContractId);

    private void Add(int second, byte[] body) => Records[second / 60].Add(body);
}
