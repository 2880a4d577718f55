using System.Buffers;
using System.Text;
using System.Text.Json;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class LineWriterTests
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    [Fact]
    public void An_answer_echoes_its_id()
    {
        Down.True("\"s1\""u8);
        Written().ShouldBe("""{"id":"s1","result":true,"error":null}""");
    }

    [Fact]
    public void An_error_has_its_three_parts()
    {
        Down.Error("4"u8, StratumError.Duplicate);
        Written().ShouldBe("""{"id":4,"result":null,"error":[22,"Duplicate share",null]}""");
    }

    [Theory]
    [InlineData("quote \" and \\ and \n and \u0001 and é", "quote \\\" and \\\\ and \\u000a and \\u0001 and é")]
    [InlineData("", "")]
    [InlineData("\"", "\\\"")]
    public void A_text_is_escaped_as_JSON_wants(string text, string written)
    {
        Down.ShowMessage(text);

        Written().ShouldBe("{\"id\":null,\"method\":\"client.show_message\",\"params\":[\"" + written + "\"]}");
        PoolNotice.TryParseMessage(StratumMessage.Parse(_buffer.WrittenSpan[..^1]), out var read).ShouldBeTrue();
        read.ShouldBe(text);
    }

    [Theory]
    [InlineData(
        """[["version-rolling"],{"version-rolling.mask":"1fffffff"}]""",
        """{"version-rolling":true,"version-rolling.mask":"1fffe000"}""")]
    [InlineData("""[["version-rolling"],{"version-rolling.mask":"00000001"}]""", """{"version-rolling":false}""")]
    [InlineData(
        """[["subscribe-extranonce","x\"y","minimum-difficulty"]]""",
        """{"minimum-difficulty":false,"subscribe-extranonce":true,"x\"y":false}""")]
    [InlineData("[[]]", "{}")]
    public void A_configure_is_answered_with_what_was_asked_and_not_a_key_more(string parameters, string result)
    {
        var line = $$"""{"id":1,"method":"mining.configure","params":{{parameters}}}""";
        ConfigureRequest.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(line)), out var asked).ShouldBeTrue();

        Down.ConfigureResult("1"u8, asked, new ConfigureGrant(0x1fffe000, false, true));

        Written().ShouldBe($$"""{"id":1,"result":{{result}},"error":null}""");
    }

    [Fact]
    public void A_subscribe_result_is_read_back_as_it_was_written()
    {
        Down.SubscribeResult("2"u8, "session7", new Extranonce([0xaa]), 3);

        SubscribeAnswer.TryParse(StratumMessage.Parse(_buffer.WrittenSpan[..^1]), out var answer).ShouldBeTrue();
        answer.ShouldBe(new SubscribeAnswer(new ExtranonceAssignment(new Extranonce([0xaa]), 3), "session7"));
    }

    [Fact]
    public void Every_notice_to_a_worker_is_read_back_as_it_was_written()
    {
        Down.SetDifficulty(Difficulty.Parse("0.0714"));
        PoolNotice.TryParseDifficulty(Last(), out var difficulty).ShouldBeTrue();
        difficulty.ShouldBe(Difficulty.Parse("0.0714"));

        Down.SetExtranonce(new Extranonce([1, 2]), 5);
        PoolNotice.TryParseExtranonce(Last(), out var assignment).ShouldBeTrue();
        assignment.Extranonce2Bytes.ShouldBe(5);

        Down.SetVersionMask(0x00ffe000);
        PoolNotice.TryParseVersionMask(Last(), out var mask).ShouldBeTrue();
        mask.ShouldBe(0x00ffe000u);

        Down.Reconnect();
        ReconnectNotice.Parse(Last()).ShouldBe(new ReconnectNotice("", null, 0));

        Down.Ping(9);
        Last().Method.ShouldBe(StratumMethod.Ping);
    }

    [Fact]
    public void Every_request_to_a_pool_is_read_back_as_it_was_written()
    {
        Up.Configure(1, 0x1fffe000, 2);
        ConfigureRequest.TryParse(Last(), out var configure).ShouldBeTrue();
        (configure.VersionRollingMask, configure.MinBitCount).ShouldBe((0x1fffe000u, 2));

        Up.Subscribe(2, "marketplace/1", "old");
        SubscribeRequest.Parse(Last()).ShouldBe(new SubscribeRequest("marketplace/1", "old"));

        Up.Authorize(3, "acc\"ount", "d=1024");
        AuthorizeRequest.TryParse(Last(), out var authorize).ShouldBeTrue();
        authorize.ShouldBe(new AuthorizeRequest("acc\"ount", "d=1024"));

        Up.Submit(4, "acc"u8, "c28f"u8, new Extranonce([1, 2, 3, 4]), 0x674e9260, 0x0000000a, 0x03b58000);
        SubmitRequest.TryParse(Last(), out var submit, out _).ShouldBeTrue();
        (submit.NTime, submit.Nonce, submit.VersionBits).ShouldBe((0x674e9260u, 0xau, (uint?)0x03b58000u));

        Up.SuggestDifficulty(5, Difficulty.Parse("0.5"));
        SuggestRequest.TryParseDifficulty(Last(), out var difficulty).ShouldBeTrue();
        difficulty.ShouldBe(Difficulty.Parse("0.5"));

        Up.ExtranonceSubscribe(6);
        Last().Method.ShouldBe(StratumMethod.ExtranonceSubscribe);

        Up.Version("7"u8, "marketplace/1");
        Last().Kind.ShouldBe(MessageKind.Response);
    }

    [Theory]
    [MemberData(nameof(ShareVector.Names), MemberType = typeof(ShareVector))]
    public void A_real_job_is_sent_on_unchanged_but_for_the_seam(string name)
    {
        var vector = ShareVector.Named(name);
        Down.Notify(vector.Unmoved(Difficulty.Of(1)), isClean: true);

        PoolJob.TryParse(Last(), out var job, out _).ShouldBeTrue();
        job!.Coinbase1.SequenceEqual(vector.Job.Coinbase1).ShouldBeTrue();
        job.Coinbase2.SequenceEqual(vector.Job.Coinbase2).ShouldBeTrue();
        job.MerkleBranches.SequenceEqual(vector.Job.MerkleBranches).ShouldBeTrue();
        job.PreviousHash.SequenceEqual(vector.Job.PreviousHash).ShouldBeTrue();
        (job.Version, job.NetworkBits, job.NTime, job.IsClean).ShouldBe(
            (vector.Job.Version, vector.Job.NetworkBits, vector.Job.NTime, true));
    }

    private DownstreamLineWriter Down => new(_buffer);

    private UpstreamLineWriter Up => new(_buffer);

    private StratumMessage Last()
    {
        var written = _buffer.WrittenSpan[..^1];
        return StratumMessage.Parse(written[(written.LastIndexOf((byte)'\n') + 1)..]);
    }

    private string Written()
    {
        var text = Encoding.UTF8.GetString(_buffer.WrittenSpan);
        text.ShouldEndWith("\n");
        using (JsonDocument.Parse(text))
        {
            return text.TrimEnd('\n');
        }
    }
}
