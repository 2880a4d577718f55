using System.Text;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class PoolMessageTests
{
    [Theory]
    [InlineData("[1024]", "1024")]
    [InlineData("[0.0714]", "0.0714")]
    [InlineData("[1448.1546878700492]", "1448.1546878700492")]
    [InlineData("[0.000232831]", "0.000232831")]
    [InlineData("[1e3]", "1000")]
    [InlineData("[2.5E-4]", "0.00025")]
    [InlineData("[\"512\"]", "512")]
    [InlineData("[0]", null)]
    [InlineData("[-5]", null)]
    [InlineData("[0e2000000000]", null)]
    [InlineData("[1e2000000000]", null)]
    [InlineData("[1e-2147483648]", null)]
    [InlineData("[null]", null)]
    [InlineData("[]", null)]
    public void A_difficulty_is_read_exactly_or_ignored(string parameters, string? expected)
    {
        PoolNotice.TryParseDifficulty(With(parameters), out var difficulty).ShouldBe(expected is not null);
        if (expected is not null)
        {
            difficulty.ToString().ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("""[[["mining.set_difficulty","d1"],["mining.notify","n1"]],"08000002",4]""", "08000002", 4, "n1")]
    [InlineData("""[[["mining.notify","ae6812eb"]],"",8]""", "", 8, "ae6812eb")]
    [InlineData("""[["mining.notify","flat"],"11650804A6c84c",8]""", "11650804a6c84c", 8, "flat")]
    [InlineData("""[[],"08000002",4]""", "08000002", 4, "")]
    [InlineData("""[null,"08000002",4]""", "08000002", 4, "")]
    [InlineData("""["en1",4]""", null, 0, "")]
    [InlineData("""["0102",4]""", "0102", 4, "")]
    [InlineData("""[[],"08000002",99]""", null, 0, "")]
    [InlineData("""[[],"08000002"]""", null, 0, "")]
    [InlineData("true", null, 0, "")]
    public void A_subscribe_answer_is_read_in_both_shapes(string result, string? extranonce1, int size, string session)
    {
        var message = StratumMessage.Parse(Encoding.UTF8.GetBytes($$"""{"id":1,"result":{{result}},"error":null}"""));

        SubscribeAnswer.TryParse(message, out var answer).ShouldBe(extranonce1 is not null);
        answer.Assignment.Extranonce1.ToString().ShouldBe(extranonce1 ?? "");
        answer.Assignment.Extranonce2Bytes.ShouldBe(size);
        answer.SessionId.ShouldBe(session);
    }

    [Theory]
    [InlineData("""{"version-rolling":true,"version-rolling.mask":"1fffe000"}""", 0x1fffe000u)]
    [InlineData("""{"version-rolling":false,"version-rolling.mask":"1fffe000"}""", 0u)]
    [InlineData("""{"version-rolling":"no"}""", 0u)]
    [InlineData("null", 0u)]
    [InlineData("[1]", 0u)]
    public void A_configure_answer_grants_a_mask_or_nothing(string result, uint mask) =>
        ConfigureAnswer.Of(StratumMessage.Parse(
            Encoding.UTF8.GetBytes($$"""{"id":1,"result":{{result}},"error":null}"""))).VersionMask.ShouldBe(mask);

    [Fact]
    public void A_reconnect_says_what_it_changes()
    {
        ReconnectNotice.Parse(With("[]")).ShouldBe(new ReconnectNotice("", null, 0));
        ReconnectNotice.Parse(With("""["a.example","3333",5]""")).ShouldBe(new ReconnectNotice("a.example", 3333, 5));
        ReconnectNotice.Parse(With("""["a.example",99999,-1]""")).ShouldBe(new ReconnectNotice("a.example", null, 0));
    }

    [Fact]
    public void An_extranonce_a_mask_and_a_message_are_read()
    {
        PoolNotice.TryParseExtranonce(With("""["abcd",4]"""), out var assignment).ShouldBeTrue();
        assignment.ShouldBe(new ExtranonceAssignment(new Extranonce([0xab, 0xcd]), 4));
        PoolNotice.TryParseVersionMask(With("""["1fffe000"]"""), out var mask).ShouldBeTrue();
        mask.ShouldBe(0x1fffe000u);
        PoolNotice.TryParseMessage(With("""["hello"]"""), out var text).ShouldBeTrue();
        text.ShouldBe("hello");
    }

    [Theory]
    [InlineData("""["1","00",  "00","00",[],"20000000","1801f156","674e9260",true]""", ParseFault.BadHex)]
    [InlineData("""["1"]""", ParseFault.TooFewParameters)]
    [InlineData("""[1,"{h}","00","00",[],"20000000","1801f156","674e9260",true]""", ParseFault.WrongType)]
    [InlineData("""["1","{h}","00","00",["00"],"20000000","1801f156","674e9260",true]""", ParseFault.BadHex)]
    [InlineData("""["1","{h}","000","00",[],"20000000","1801f156","674e9260",true]""", ParseFault.BadHex)]
    [InlineData("""["1","{h}","00","00",[],"2000000","1801f156","674e9260",true]""", ParseFault.BadHex)]
    [InlineData("""["1","{h}","00","00",[],"20000000","1801f156","674e9260"]""", ParseFault.None)]
    public void A_job_that_is_wrong_says_why(string parameters, ParseFault expected)
    {
        var message = With(parameters.Replace("{h}", new string('0', 64), StringComparison.Ordinal));

        PoolJob.TryParse(message, out var job, out var fault).ShouldBe(expected == ParseFault.None);

        fault.ShouldBe(expected);
        (job is not null).ShouldBe(expected == ParseFault.None);
    }

    [Fact]
    public void A_job_with_more_branches_than_a_block_can_have_is_refused()
    {
        var branch = $"\"{new string('0', 64)}\"";
        var branches = string.Join(',', Enumerable.Repeat(branch, StratumLimits.MerkleBranches + 1));

        PoolJob.TryParse(
            With($$"""["1","{{new string('0', 64)}}","","",[{{branches}}],"20000000","1801f156","674e9260",true]"""),
            out _, out var fault).ShouldBeFalse();
        fault.ShouldBe(ParseFault.TooLong);
    }

    private static StratumMessage With(string parameters) => StratumMessage.Parse(
        Encoding.UTF8.GetBytes($$"""{"id":null,"method":"mining.any","params":{{parameters}}}"""));
}
