using System.Security.Cryptography;
using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

public sealed class MinuteHeadTests
{
    private static readonly DateTimeOffset MinuteAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ContractId Contract = new(new Guid(1, 2, 3, new byte[8]));

    [Fact]
    public void A_head_reads_back_byte_for_byte_and_its_chain_holds()
    {
        var first = Head(previous: null, isLast: false);
        var second = Head(first, isLast: true);

        MinuteHead.Read(second.ToBody()).ToBody().ShouldBe(second.ToBody());
        MinuteHead.Read(second.ToBody()).Verdicts[ShareVerdict.Stale].ShouldBe(new VerdictSum(1, new Work(5)));
        (first.Index, second.Index).ShouldBe((0, 1));
        first.PreviousHead.ShouldBe(MinuteHead.NoHead);
        second.PreviousHead.ShouldBe(first.Hash());
    }

    [Fact]
    public void A_signed_head_survives_being_kept_as_text_and_no_change_to_it_does()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var body = Head(previous: null, isLast: true).ToBody();
        var signed = new SignedHead(body, key.SignData(body, HashAlgorithmName.SHA256));

        SignedHead.TryParse(signed.ToText(), out var kept).ShouldBeTrue();
        kept.IsSignedBy(key).ShouldBeTrue();
        kept.Body[^10] ^= 1;
        kept.IsSignedBy(key).ShouldBeFalse();
        SignedHead.TryParse("a.b.c", out _).ShouldBeFalse();
        SignedHead.TryParse(signed.ToText()[..^4], out _).ShouldBeFalse();
        SignedHead.TryParse("", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_head_that_was_cut_off_says_so()
    {
        var body = Head(previous: null, isLast: true).ToBody();
        for (var length = 0; length < body.Length; length++)
        {
            Should.Throw<RecordFormatException>(() => MinuteHead.Read(body.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_share_of_an_unknown_job_closes_no_minute()
    {
        var share = new RecordSamples(seed: 1).Share();
        var body = RecordBody.Of(ShareRecord.MaxBytes, share.Write);

        Should.Throw<RecordFormatException>(() => new OpenMinute().Add(body, new JobBook()))
            .Message.ShouldContain("not recorded");
    }

    private static MinuteHead Head(MinuteHead? previous, bool isLast)
    {
        var sums = new VerdictSums();
        sums.Count(ShareVerdict.Accepted, new Work(7));
        sums.Count(ShareVerdict.Stale, new Work(5));
        var head = new OpenMinute().Close(Contract, "node-1", MinuteAt, previous, MinuteAt.AddSeconds(90), isLast);
        return head with { Verdicts = sums };
    }
}
