using System.Security.Cryptography;
using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

/// <summary>Bytes that were written once: whoever changes a layout gives it a kind of its own.</summary>
public sealed class LayoutTests : IDisposable
{
    private const string PoolJobHash = "79c844e78e9fa407283b8247eb4ba4a5de746393e2bcc811589f71e70fe8d8da";
    private const string LastHeadHash = "c8859919d2265eb1be6d7af72c7026c10b07c4864c65a091a4f227c1101fc014";
    private const string Contract = "00000001000000000000000000000000";

    private static readonly RecordStamp Stamp = new(
        258, DateTimeOffset.UnixEpoch.AddMicroseconds(772), new ContractId(new Guid(1, 0, 0, new byte[8])));

    private readonly HistoryBench _bench = new();

    [Theory]
    [InlineData(
        RecordKind.DownstreamJob,
        "11 0200000000000000 4052be35f54b0600" + Contract
        + "0100000000000000 0100000000000000 0401000107 0101 03 402aa469 000102 00000000")]
    [InlineData(
        RecordKind.Share,
        "13 0300000000000000 4026ef35f54b0600" + Contract + "0200000000000000 00 00 03090909 402aa469 09000000 00")]
    [InlineData(
        RecordKind.StrayShare, "14 4300000000000000 8000aa38f54b0600" + Contract + "0100000000000000 06 03 5b315d")]
    [InlineData(
        RecordKind.PoolAnswer,
        "15 4200000000000000 8000aa38f54b0600" + Contract
        + "3e00000000000000 01 17000000 14 4c6f7720646966666963756c7479207368617265")]
    public void A_record_of_a_history_has_the_bytes_it_always_had(RecordKind kind, string bytes) =>
        First(kind).ShouldBe(Hex(bytes));

    [Fact]
    public void A_pools_job_has_the_bytes_it_always_had() =>
        Convert.ToHexStringLower(SHA256.HashData(First(RecordKind.PoolJob))).ShouldBe(PoolJobHash);

    [Fact]
    public void A_worker_a_difficulty_and_a_route_have_the_bytes_they_always_had()
    {
        const string start = "0201000000000000 0403000000000000" + Contract;
        var rig = new RigId(new Guid(2, 0, 0, new byte[8]));
        var worker = new WorkerRecord(Stamp, 3, rig, WorkerEvent.Named, 4, "é", "fw");
        var difficulty = new DifficultyChangeRecord(Stamp, StratumLeg.Downstream, 5, Difficulty.Parse("1448.5"));
        var route = new RouteChangeRecord(Stamp, 6, RouteDirection.Left, "end");

        RecordBody.Of(WorkerRecord.MaxBytes, worker.Write).ShouldBe(Hex(
            "12" + start + "0300000000000000 00000002000000000000000000000000 01 04 02c3a9 026677"));
        RecordBody.Of(DifficultyChangeRecord.MaxBytes, difficulty.Write).ShouldBe(Hex(
            "16" + start + "01 0500000000000000 01 02 9538"));
        RecordBody.Of(RouteChangeRecord.MaxBytes, route.Write).ShouldBe(Hex(
            "17" + start + "0600000000000000 01 03656e64"));
    }

    [Fact]
    public void An_attested_share_has_the_bytes_it_always_had() => RecordBody.Of(
        AttestedShareRecord.MaxBytes,
        new AttestedShareRecord(Stamp, 7, 1, new Extranonce([9, 9, 9]), 0x69a42a40, 9, 0x2000).Write).ShouldBe(Hex(
            "18 0201000000000000 0403000000000000" + Contract
            + "0700000000000000 01 03090909 402aa469 09000000 01 00200000"));

    [Fact]
    public void The_last_head_of_a_history_has_the_bytes_it_always_had() =>
        Convert.ToHexStringLower(_bench.Seal()[^1].ToHead().Hash()).ShouldBe(LastHeadHash);

    [Fact]
    public void The_terms_of_two_nodes_have_the_bytes_they_always_had() => new CertificateTerms(
        Stamp.ContractId!.Value, Algorithm.Sha256d, new Hashrate(258), Stamp.At, Stamp.At.AddMinutes(1),
        Difficulty.Parse("1.5"),
        [new NodeKey("node-1", [1, 2]), new NodeKey("node-2", [3])]).ToBody().ShouldBe(Hex(
        Contract + "07 73686132353664 02010000000000000000000000000000 0403000000000000 048a930300000000"
        + "01 01010f 02 06 6e6f64652d31 02 0102 06 6e6f64652d32 01 03"));

    public void Dispose() => _bench.Dispose();

    private byte[] First(RecordKind kind) => _bench.Records[0].First(body => RecordStamp.KindOf(body) == kind);

    private static byte[] Hex(string text) =>
        Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
