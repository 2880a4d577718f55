using System.Text;
using Marketplace.HashrateProxy.Certificates;
using Marketplace.HashrateProxy.Heads;
using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Tests.ShareLog;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.Heads;

/// <summary>One node's log and what closes its minutes, on a clock that a test moves; it can be restarted.</summary>
internal sealed class HeadBench : IDisposable
{
    private static readonly byte[] Notify = Encoding.ASCII.GetBytes(
        """
        {"id":null,"method":"mining.notify","params":["7",
        """
        + $"\"{new string('1', 64)}\",\"01\",\"02\",[],\"20000000\",\"1d00ffff\",\"60000000\",true]}}");

    private static readonly Work ShareWork =
        Work.Of(Difficulty.Of(1).ToTarget(Algorithm.Sha256dDemo), Algorithm.Sha256dDemo);

    private readonly LogBench _bench = new();
    private readonly string _keyDirectory;
    private readonly KeyRing _keys;
    private readonly ContractId[] _contracts;
    private readonly List<SignedHead> _closed = [];
    private readonly Dictionary<ContractId, long> _jobs = [];
    private ShareLogWriter _log;
    private HeadLoop _heads;

    private HeadBench(string keyDirectory, int contracts)
    {
        _keyDirectory = keyDirectory;
        _keys = new KeyRing(keyDirectory);
        _contracts = [.. Enumerable.Range(0, contracts).Select(_ => ContractId.From(Guid.CreateVersion7()))];
        (_log, _heads) = Start();
    }

    public ManualTimeProvider Time => _bench.Time;

    public FillableDisk Disk => _bench.Disk;

    public IReadOnlyList<ContractId> Contracts => _contracts;

    public ShareLogWriter Log => _log;

    public HeadLoop Loop => _heads;

    public static async Task<HeadBench> CreateAsync(int contracts = 1)
    {
        var keys = Directory.CreateTempSubdirectory("marketplace-keys-").FullName;
        await KeyFiles.EnsureAsync(keys, ["proxy.node-1"]);
        return new HeadBench(keys, contracts);
    }

    /// <summary>The heads of a contract in the order in which they were closed.</summary>
    public IReadOnlyList<MinuteHead> HeadsOf(ContractId contract) =>
        [.. _closed.Select(signed => signed.ToHead()).Where(head => head.ContractId == contract)];

    /// <summary>A share of a contract, on a job of its own pool.</summary>
    public void Share(ContractId contract)
    {
        var job = JobOf(contract);
        _log.Write(
            contract,
            default,
            new JudgedShare
            {
                ContractId = contract,
                Verdict = ShareVerdict.Accepted,
                Work = ShareWork,
                WorkerName = "farm.rig.one",
                NameNumber = 0,
                Connection = 1,
                Job = job,
                Submit = default,
                Sent = default,
            },
            CountedShareRecord.Write);
    }

    /// <summary>A share that its pool alone can judge, on its way up.</summary>
    /// <returns>Its number.</returns>
    public long Send(ContractId contract) => _log.Write(
        contract,
        default,
        new AttestedShareRecord(ProofRecorder.StampOf(contract), JobOf(contract), 0, default, 0, 0, null),
        static (body, in stamp, in share) => (share with { Stamp = stamp }).Write(body))!.Value.Number;

    /// <summary>Its pool accepts it.</summary>
    public void Accept(ContractId contract, long share) => _log.Write(
        contract,
        default,
        new AnsweredShare
        {
            ContractId = contract,
            Share = share,
            Answer = PoolAnswerKind.Accepted,
            Error = default,
            Work = ShareWork,
            WorkerName = "farm.rig.one",
        },
        CountedShareRecord.Write);

    public void Close(ContractId contract) =>
        _log.Seal(new ContractClosedRecord(contract, Time.GetUtcNow()).ToBody());

    /// <summary>Moves the clock second by second, with a share of each contract where that is wanted.</summary>
    public void Run(int seconds, bool isServed = true)
    {
        for (var second = 0; second < seconds; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            foreach (var contract in isServed ? _contracts : [])
            {
                Share(contract);
            }

            _log.Sync();
            _closed.AddRange(_heads.CloseMinutes(Time.GetUtcNow()).Select(one => one.Head));
        }
    }

    /// <summary>The process ends and another begins; a head is known to the database, or was too late for it.</summary>
    public void Restart(int forgottenHeads = 0)
    {
        _log.Dispose();
        (_log, _heads) = Start();
        var stored = _closed.SkipLast(forgottenHeads).Select(signed => signed.ToHead()).ToList();
        var last = stored.GroupBy(head => head.ContractId).Select(group => group.MaxBy(head => head.Index)!).ToList();
        var unfinished = last.Where(head => !head.IsLast).ToList();
        _heads.Recall(
            _heads.BeginOf(unfinished), unfinished, last.ToDictionary(head => head.ContractId, head => head.Index));
    }

    /// <summary>The certificate of a contract as its verifier sees it.</summary>
    public async Task<CertificateReport> VerifyAsync(ContractId contract)
    {
        var heads = _closed.Where(signed => signed.ToHead().ContractId == contract).ToList();
        var publicKey = new NodeKey("node-1", new PayloadVerifier(_keys).PublicKeyOf("proxy.node-1"));
        var terms = new CertificateTerms(
            contract, Algorithm.Sha256dDemo, new Hashrate(1), heads[0].ToHead().MinuteAt,
            heads[^1].ToHead().MinuteAt, null, Keys: []);
        using var file = new MemoryStream();
        using var certificate = new OpenCertificate(terms);
        certificate.Add(new OwnSection(new CertificateBuilder(_bench.NodeDirectory), contract, heads, publicKey));
        await certificate.WriteAsync(file, TestContext.Current.CancellationToken);
        file.Position = 0;
        return CertificateVerifier.Verify(file, new VerificationOptions());
    }

    public void Dispose()
    {
        _log.Dispose();
        _keys.Dispose();
        _bench.Dispose();
        Directory.Delete(_keyDirectory, recursive: true);
    }

    private long JobOf(ContractId contract)
    {
        if (_jobs.TryGetValue(contract, out var known))
        {
            return known;
        }

        var recorder = new ProofRecorder(_log);
        PoolJob.TryParse(StratumMessage.Parse(Notify), out var poolJob, out _).ShouldBeTrue();
        var stamp = ProofRecorder.StampOf(contract);
        var extranonce = new ExtranonceAssignment(new Extranonce([1]), 4);
        var number = recorder.Append(new PoolJobRecord(
            stamp, null, 1, Algorithm.Sha256dDemo, poolJob!, extranonce, Difficulty.Of(1), 0));
        return _jobs[contract] = recorder.Append(new DownstreamJobRecord(
            stamp, number!.Value, 1, default, new Extranonce([2]), 3, 0x60000000, Difficulty.Of(1), 0))!.Value;
    }

    private (ShareLogWriter Log, HeadLoop Heads) Start()
    {
        var log = _bench.Open();
        var options = Options.Create(new ProxyOptions());
        var journal = new NodeJournal(null!, NullLogger<NodeJournal>.Instance);
        var sealer = new HeadSealer(new PayloadSigner(_keys), log, journal, options);
        return (log, new HeadLoop(null!, null!, sealer, log, null!, Time, NullLogger<HeadLoop>.Instance));
    }
}
