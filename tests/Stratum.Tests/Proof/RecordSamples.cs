using System.Globalization;
using System.Text;
using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;

namespace Marketplace.Stratum.Tests.Proof;

/// <summary>Records of every kind with arbitrary content, from a seed.</summary>
internal sealed class RecordSamples(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A body of each kind in turn.</summary>
    public IEnumerable<byte[]> Bodies(int count)
    {
        Func<byte[]>[] kinds =
        [
            () => RecordBody.Of(PoolJobRecord.MaxBytes, body => PoolJob().Write(body)),
            () => RecordBody.Of(DownstreamJobRecord.MaxBytes, body => DownstreamJob().Write(body)),
            () => RecordBody.Of(WorkerRecord.MaxBytes, body => Worker().Write(body)),
            () => RecordBody.Of(ShareRecord.MaxBytes, body => Share().Write(body)),
            () => RecordBody.Of(
                StrayShareRecord.MaxBytes,
                body => new StrayShareRecord(Stamp(), Number(), Any<ShareVerdict>(), Bytes(300)).Write(body)),
            () => RecordBody.Of(PoolAnswerRecord.MaxBytes, body => PoolAnswer().Write(body)),
            () => RecordBody.Of(DifficultyChangeRecord.MaxBytes, body => DifficultyChange().Write(body)),
            () => RecordBody.Of(RouteChangeRecord.MaxBytes, body => RouteChange().Write(body)),
            () => RecordBody.Of(AttestedShareRecord.MaxBytes, body => AttestedShare().Write(body)),
        ];
        return Enumerable.Range(0, count).Select(index => kinds[index % kinds.Length]());
    }

    public PoolJobRecord PoolJob() => new(
        Stamp(),
        _random.Next(2) == 0 ? null : new DestinationId(new Guid(Exactly(16))),
        Number(),
        Algorithm.All[_random.Next(Algorithm.All.Count)],
        Job(),
        new ExtranonceAssignment(Extranonce(), _random.Next(Stratum.Extranonce.MaxBytes + 1)),
        Difficulty(),
        Word());

    public DownstreamJobRecord DownstreamJob() => new(
        Stamp(), Number(), Number(), Extranonce(), Extranonce(), _random.Next(Stratum.Extranonce.MaxBytes + 1),
        Word(), Difficulty(), Word());

    public WorkerRecord Worker() => new(
        Stamp(), Number(), new RigId(new Guid(Exactly(16))), Any<WorkerEvent>(), (byte)_random.Next(256),
        Text(), Text());

    public ShareRecord Share() => new(
        Stamp(), Number(), (byte)_random.Next(256), Any<ShareVerdict>(), Extranonce(), Word(), Word(),
        _random.Next(2) == 0 ? null : Word());

    public PoolAnswerRecord PoolAnswer() => new(
        Stamp(), Number(), Any<PoolAnswerKind>(), _random.Next(int.MinValue, int.MaxValue), Text());

    public DifficultyChangeRecord DifficultyChange() => new(Stamp(), Any<StratumLeg>(), Number(), Difficulty());

    public RouteChangeRecord RouteChange() => new(Stamp(), Number(), Any<RouteDirection>(), Text());

    public AttestedShareRecord AttestedShare() => new(
        Stamp(), Number(), (byte)_random.Next(256), Extranonce(), Word(), Word(), _random.Next(2) == 0 ? null : Word());

    public byte[] Bytes(int atMost)
    {
        var bytes = new byte[_random.Next(atMost + 1)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private PoolJob Job()
    {
        var branches = string.Join(
            ',', Enumerable.Range(0, _random.Next(25)).Select(_ => $"\"{Convert.ToHexString(Exactly(32))}\""));
        var line = $$"""
            {"id":null,"method":"mining.notify","params":["{{_random.Next():x}}","{{Convert.ToHexString(Exactly(32))}}",
            "{{Convert.ToHexString(Bytes(300))}}","{{Convert.ToHexString(Bytes(300))}}",[{{branches}}],
            "{{Word():x8}}","{{Word():x8}}","{{Word():x8}}",{{(_random.Next(2) == 0 ? "true" : "false")}}]}
            """;
        return Stratum.PoolJob.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(line)), out var job, out var fault)
            ? job
            : throw new InvalidOperationException(fault.ToString());
    }

    private RecordStamp Stamp() => new(
        Number(),
        DateTimeOffset.UnixEpoch.AddMicroseconds(_random.NextInt64(1L << 52)),
        _random.Next(4) == 0 ? null : new ContractId(new Guid(Exactly(16))));

    private Difficulty Difficulty() => Primitives.Difficulty.Parse(
        string.Create(CultureInfo.InvariantCulture, $"{_random.Next(1, int.MaxValue)}e{_random.Next(-24, 9)}"));

    /// <summary>Letters of one to three bytes, within every limit.</summary>
    private string Text() => string.Concat(
        Enumerable.Range(0, _random.Next(22)).Select(_ => _random.Next(4) switch
        {
            0 => "a",
            1 => "é",
            2 => "€",
            _ => "⛏",
        }));

    private Extranonce Extranonce() => new(Bytes(Stratum.Extranonce.MaxBytes));

    private byte[] Exactly(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private T Any<T>()
        where T : struct, Enum => Enum.GetValues<T>()[_random.Next(Enum.GetValues<T>().Length)];

    private long Number() => _random.NextInt64();

    private uint Word() => (uint)_random.NextInt64(uint.MaxValue + 1L);
}
