using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Stratum;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class ShareLogTests : IDisposable
{
    private static readonly ContractId Contract = ContractId.From(Guid.CreateVersion7());
    private static readonly RigId Rig = RigId.From(Guid.CreateVersion7());
    private static readonly byte[] Header = [.. Enumerable.Range(0, 80).Select(number => (byte)number)];

    private readonly string _directory = Directory.CreateTempSubdirectory("marketplace-share-log-").FullName;
    private readonly ManualTimeProvider _time = new();

    private string NodeDirectory => Path.Combine(_directory, "node-1");

    private ShareLogWriter Open() =>
        new(Options.Create(new ProxyOptions { ShareLogDirectory = _directory, NodeName = "node-1" }), _time);

    private void Append(ShareLogWriter log, int number, ContractId? contract = null) => log.AppendShare(new JudgedShare(
        _time.GetUtcNow(), contract, Rig, (ShareVerdict)(number % 8), new Work((UInt128)number << 100),
        $"farm.rig.Ü{number}", Header));

    private List<byte[]> ReadAll() => [.. ShareLogReader.Read(NodeDirectory, DateTimeOffset.UnixEpoch)];

    [Fact]
    public void Every_record_comes_back_as_it_was_written()
    {
        var reading = new SealedReadingRecord(long.MaxValue, [1, 2, 3], [4, 5, 6, 7]);
        using (var log = Open())
        {
            Append(log, 1, Contract);
            Append(log, 2);
            log.AppendSealedReading(reading);
            log.AppendShare(new JudgedShare(_time.GetUtcNow(), null, Rig, ShareVerdict.Malformed, Work.Zero, "", []));
        }

        var bodies = ReadAll();
        bodies.Count.ShouldBe(4);
        var share = ShareRecord.Read(bodies[0]);
        (share.At, share.ContractId, share.RigId, share.Verdict, share.Work, share.WorkerName).ShouldBe(
            (_time.GetUtcNow(), Contract, Rig, ShareVerdict.Stale, new Work((UInt128)1 << 100), "farm.rig.Ü1"));
        share.Header.ToArray().ShouldBe(Header);
        ShareRecord.Read(bodies[1]).ContractId.ShouldBeNull();
        var restored = SealedReadingRecord.Read(bodies[2]);
        restored.Sequence.ShouldBe(reading.Sequence);
        restored.Payload.ShouldBe(reading.Payload);
        restored.Signature.ShouldBe(reading.Signature);
        ShareRecord.Read(bodies[3]).Header.Length.ShouldBe(0);
    }

    [Fact]
    public void A_tail_torn_at_any_byte_costs_the_last_record_and_no_other()
    {
        using (var log = Open())
        {
            Append(log, 1);
            Append(log, 2);
            Append(log, 3);
        }

        var path = Directory.GetFiles(NodeDirectory).Single();
        var whole = File.ReadAllBytes(path);
        var lastBytes = ReadAll()[2].Length + ShareLogWriter.FrameBytes;
        for (var torn = 1; torn <= lastBytes; torn++)
        {
            File.WriteAllBytes(path, whole[..^torn]);
            ReadAll().Count.ShouldBe(2, $"{torn} bytes were torn off");
        }
    }

    [Fact]
    public void A_flipped_bit_stops_there_and_nothing_wrong_is_read()
    {
        using (var log = Open())
        {
            Append(log, 1);
            Append(log, 2);
            Append(log, 3);
        }

        var path = Directory.GetFiles(NodeDirectory).Single();
        var whole = File.ReadAllBytes(path);
        var firstBytes = ReadAll()[0].Length + ShareLogWriter.FrameBytes;
        var secondBytes = ReadAll()[1].Length + ShareLogWriter.FrameBytes;
        for (var bit = 0; bit < secondBytes * 8; bit++)
        {
            var broken = whole.ToArray();
            broken[firstBytes + bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(path, broken);
            ReadAll().Count.ShouldBe(1, $"bit {bit} of the second record was flipped");
        }
    }

    [Fact]
    public void A_new_run_writes_a_segment_of_its_own_behind_a_torn_one()
    {
        using (var log = Open())
        {
            Append(log, 1);
            Append(log, 2);
        }

        var path = Directory.GetFiles(NodeDirectory).Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);
        _time.Advance(TimeSpan.FromSeconds(1));
        using (var log = Open())
        {
            Append(log, 3);
        }

        ReadAll().Select(body => ShareRecord.Read(body).WorkerName).ShouldBe(["farm.rig.Ü1", "farm.rig.Ü3"]);
    }

    [Fact]
    public void Segments_are_an_hour_long_and_only_those_that_are_needed_are_read()
    {
        var startedAt = _time.GetUtcNow();
        using (var log = Open())
        {
            for (var hour = 0; hour < 5; hour++)
            {
                Append(log, hour);
                _time.Advance(TimeSpan.FromHours(1));
                log.Sync();
            }
        }

        ReadAll().Count.ShouldBe(5);
        ShareLogReader.Read(NodeDirectory, startedAt + TimeSpan.FromHours(2.5)).Count().ShouldBe(3);
        ShareLogReader.Read(NodeDirectory, startedAt + TimeSpan.FromHours(3)).Count().ShouldBe(2);
        ShareLogReader.Read(NodeDirectory, startedAt + TimeSpan.FromDays(1)).Count().ShouldBe(0);
        ShareLogReader.Read(Path.Combine(_directory, "nobody"), startedAt).ShouldBeEmpty();
    }

    [Fact]
    public void A_reading_that_could_not_be_read_again_is_not_sealed()
    {
        using var log = Open();
        Should.Throw<InvalidOperationException>(
            () => log.AppendSealedReading(new SealedReadingRecord(1, new byte[ShareLogWriter.MaxBodyBytes], [])));
        ReadAll().ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
