using System.Security.Cryptography;
using System.Text;
using Marketplace.Primitives;
using Marketplace.Stratum;
using Marketplace.Stratum.Coinbase;
using Marketplace.Stratum.Proof;
using Shouldly;

namespace Marketplace.TestKit;

/// <summary>
/// A contract of three minutes on a node, with two workers whose shares were really hashed. It can be bent before its
/// minutes are signed, as a dishonest node would, and after, as anybody could.
/// </summary>
public sealed class HistoryBench : IDisposable
{
    public const string Payee = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
    public const int Minutes = 3;
    public const int SharesPerWorker = 60;
    private const int Workers = 2;

    public static readonly DateTimeOffset StartAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Algorithm Algorithm = Algorithm.Sha256dDemo;
    private static readonly Difficulty Difficulty = Difficulty.Of(2);

    private readonly byte _node;
    private readonly Dictionary<long, (DownstreamJobRecord Record, DownstreamJob Job)> _jobs = [];
    private long _lastNumber;
    private uint _nonce;

    /// <param name="contract">Its number.</param>
    /// <param name="payee">Whom the coinbases pay.</param>
    /// <param name="node">Its number; a pool gives each node's connection an extranonce of its own.</param>
    public HistoryBench(int contract = 1, string payee = Payee, byte node = 1)
    {
        _node = node;
        ContractId = new ContractId(new Guid(contract, 0, 0, new byte[8]));
        for (var minute = 0; minute < Minutes; minute++)
        {
            AddMinute(StartAt.AddMinutes(minute), payee);
        }
    }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ContractId ContractId { get; }

    public string NodeName => $"node-{_node}";

    /// <summary>Records by minute, in the order of the log.</summary>
    public List<List<byte[]>> Records { get; } = [];

    public Work Credited { get; private set; }

    public CertificateTerms Terms => new(
        ContractId, Algorithm, Hashrate.Of(Credited, TimeSpan.FromMinutes(Minutes)), StartAt,
        StartAt.AddMinutes(Minutes), null, [new NodeKey(NodeName, Key.ExportSubjectPublicKeyInfo())]);

    /// <summary>Closes and signs the minutes as they are now.</summary>
    public List<SignedHead> Seal()
    {
        var (jobs, heads) = (new JobBook(), new List<SignedHead>());
        MinuteHead? previous = null;
        for (var minute = 0; minute < Records.Count; minute++)
        {
            var open = new OpenMinute();
            Records[minute].ForEach(body => open.Add(body, jobs));
            var minuteAt = StartAt.AddMinutes(minute);
            previous = open.Close(
                ContractId, NodeName, minuteAt, previous, minuteAt.AddSeconds(150), minute == Records.Count - 1);
            heads.Add(Sign(previous));
        }

        return heads;
    }

    public SignedHead Sign(MinuteHead head) =>
        new(head.ToBody(), Key.SignData(head.ToBody(), HashAlgorithmName.SHA256));

    public async Task<byte[]> WriteAsync(List<SignedHead> heads, CertificateTerms? terms = null)
    {
        using var file = new MemoryStream();
        await using (var writer = await CertificateWriter.BeginAsync(file, terms ?? Terms))
        {
            for (var minute = 0; minute < heads.Count; minute++)
            {
                await writer.WriteMinuteAsync(heads[minute], Records[minute]);
            }

            await writer.EndAsync();
        }

        return file.ToArray();
    }

    /// <summary>One certificate over several nodes, each part copied as it comes over the net.</summary>
    public static async Task<byte[]> WriteTogetherAsync(
        CertificateTerms terms, params (HistoryBench Bench, List<SignedHead> Heads)[] nodes)
    {
        using var file = new MemoryStream();
        await using (var writer = await CertificateWriter.BeginAsync(file, terms))
        {
            foreach (var (bench, heads) in nodes)
            {
                var own = bench.Terms with { ProofDifficulty = terms.ProofDifficulty };
                using var source = new MemoryStream(await bench.WriteAsync(heads, own));
                using var part = await CertificatePart.OpenAsync(source);
                await writer.CopyAsync(part);
            }

            await writer.EndAsync();
        }

        return file.ToArray();
    }

    /// <summary>Looks at it with everything known from outside that there is to know.</summary>
    public CertificateReport Verify(byte[] file, List<SignedHead>? kept = null, PayoutAddress? pays = null)
    {
        var heads = new KeptHeads();
        kept?.ForEach(heads.Add);
        var options = new VerificationOptions { PinnedKeys = [Key], KeptHeads = heads, Pays = pays };
        return CertificateVerifier.Verify(new MemoryStream(file), options);
    }

    /// <summary>Replaces the share at this place of a minute's accepted shares.</summary>
    public void BendShare(int minute, int share, Func<ShareRecord, ShareRecord> bend)
    {
        var index = AcceptedAt(minute)[share];
        Records[minute][index] = Written(bend(ShareRecord.Read(Records[minute][index])));
    }

    /// <summary>A worker keeps its accepted shares whose hashes, as parts of their target, are so.</summary>
    public void Drop(long worker, Func<double, bool> isDropped)
    {
        var header = new byte[BlockHeader.SizeBytes];
        foreach (var records in Records)
        {
            records.RemoveAll(body =>
            {
                if (RecordStamp.KindOf(body) != RecordKind.Share
                    || ShareRecord.Read(body) is not { Verdict: ShareVerdict.Accepted } share)
                {
                    return false;
                }

                var (record, job) = _jobs[share.Job];
                job.Judge(share.ToSubmit(), record.WorkerExtranonce1, 0, header, out var hash);
                return record.Connection == worker
                    && isDropped((double)hash.ToInteger() / (double)job.Target.ToInteger());
            });
        }
    }

    /// <summary>Where the accepted shares of a minute stand.</summary>
    public List<int> AcceptedAt(int minute) =>
    [
        .. Enumerable.Range(0, Records[minute].Count).Where(index =>
            RecordStamp.KindOf(Records[minute][index]) == RecordKind.Share
            && ShareRecord.Read(Records[minute][index]).Verdict == ShareVerdict.Accepted),
    ];

    public RecordStamp Stamp(DateTimeOffset at) => new(++_lastNumber, at, ContractId);

    public static byte[] Written(ShareRecord share) => RecordBody.Of(ShareRecord.MaxBytes, share.Write);

    public void Dispose() => Key.Dispose();

    private void AddMinute(DateTimeOffset minuteAt, string payee)
    {
        var records = new List<byte[]>();
        Records.Add(records);
        var poolJob = new PoolJobRecord(
            Stamp(minuteAt), null, 1, Algorithm, NewPoolJob(minuteAt, payee),
            new ExtranonceAssignment(new Extranonce([1, 2, 3, (byte)(3 + _node)]), 8), Difficulty.Of(64), 0);
        records.Add(RecordBody.Of(PoolJobRecord.MaxBytes, poolJob.Write));
        for (var worker = 1; worker <= Workers; worker++)
        {
            var job = new DownstreamJobRecord(
                Stamp(minuteAt.AddSeconds(worker)), poolJob.Stamp.Number, worker,
                new Extranonce([(byte)worker, 0, (byte)Records.Count, 7]), new Extranonce([(byte)worker]), 3,
                poolJob.Job.NTime, Difficulty, 0);
            _jobs.Add(job.Stamp.Number, (job, job.ToJob(poolJob)));
            records.Add(RecordBody.Of(DownstreamJobRecord.MaxBytes, job.Write));
            AddShares(records, job.Stamp.Number, minuteAt);
        }
    }

    private void AddShares(List<byte[]> records, long job, DateTimeOffset minuteAt)
    {
        ShareRecord last = default;
        for (var share = 0; share < SharesPerWorker; share++)
        {
            last = Mine(job, minuteAt.AddSeconds(4).AddMilliseconds(records.Count * 100), ShareVerdict.Accepted);
            records.Add(Written(last));
            Credited += Work.Of(_jobs[job].Job.Target, Algorithm);
        }

        var at = minuteAt.AddSeconds(50);
        records.Add(Written(Mine(job, at, ShareVerdict.LowDifficulty)));
        records.Add(Written(last with { Stamp = Stamp(at), Verdict = ShareVerdict.Duplicate }));
        records.Add(Written(Mine(job, at, ShareVerdict.Accepted) with { Verdict = ShareVerdict.Stale }));
        var answer = new PoolAnswerRecord(
            Stamp(at), last.Stamp.Number, PoolAnswerKind.Refused, 23, "Low difficulty share");
        records.Add(RecordBody.Of(PoolAnswerRecord.MaxBytes, answer.Write));
        records.Add(RecordBody.Of(
            StrayShareRecord.MaxBytes,
            body => new StrayShareRecord(Stamp(at), 1, ShareVerdict.Malformed, "[1]"u8).Write(body)));
    }

    /// <summary>Hashes until the job judges a header so.</summary>
    private ShareRecord Mine(long number, DateTimeOffset at, ShareVerdict verdict)
    {
        var (record, job) = _jobs[number];
        var header = new byte[BlockHeader.SizeBytes];
        var share = new ShareRecord(
            Stamp(at), number, 0, verdict, new Extranonce([9, 9, 9]), record.NTime, 0, VersionBits: null);
        do
        {
            share = share with { Nonce = ++_nonce };
        }
        while (job.Judge(share.ToSubmit(), record.WorkerExtranonce1, 0, header, out _) != verdict);

        return share;
    }

    internal static PoolJob NewPoolJob(DateTimeOffset at, string payee)
    {
        PayoutAddress.TryParse(payee, out var address).ShouldBeTrue();
        byte[] start = [2, 0, 0, 0, 1, .. new byte[32], 255, 255, 255, 255, 12];
        byte[] end =
        [
            255, 255, 255, 255, 1, .. BitConverter.GetBytes(312_500_000L), (byte)address.Script.Length,
            .. address.Script, 0, 0, 0, 0,
        ];
        var line = $$"""
            {"id":null,"method":"mining.notify","params":["job","{{new string('0', 64)}}",
            "{{Convert.ToHexString(start)}}","{{Convert.ToHexString(end)}}",["{{new string('0', 64)}}"],
            "20000000","1d00ffff","{{at.ToUnixTimeSeconds():x8}}",true]}
            """;
        return PoolJob.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(line)), out var job, out var fault)
            ? job
            : throw new InvalidOperationException(fault.ToString());
    }
}
