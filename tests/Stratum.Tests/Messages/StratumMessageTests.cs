using System.Text;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class StratumMessageTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("\"auth\"", "\"auth\"")]
    [InlineData("\"hu60.\\u0041\"", "\"hu60.\\u0041\"")]
    [InlineData("1.50", "1.50")]
    [InlineData("[1,{\"a\":2}]", "[1,{\"a\":2}]")]
    [InlineData("true", "true")]
    public void An_id_of_any_type_is_kept_as_it_came(string id, string expected)
    {
        var message = Parse($$"""{"params": [], "id": {{id}} , "method": "mining.ping"}""");

        message.Kind.ShouldBe(MessageKind.Request);
        Encoding.UTF8.GetString(message.Id).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"id":null,"method":"mining.suggest_difficulty","params":[2048]}""")]
    [InlineData("""{"method":"mining.suggest_difficulty","params":[2048]}""")]
    public void A_method_without_an_id_is_a_notification(string line)
    {
        var message = Parse(line);

        message.Kind.ShouldBe(MessageKind.Notification);
        message.Method.ShouldBe(StratumMethod.SuggestDifficulty);
    }

    [Fact]
    public void An_unknown_method_keeps_its_name()
    {
        var message = Parse("""{"id":"txlist1","method":"mining.get_transactions","params":["1"]}""");

        message.Method.ShouldBe(StratumMethod.Unknown);
        Encoding.UTF8.GetString(message.MethodName).ShouldBe("mining.get_transactions");
    }

    [Theory]
    [InlineData("", MessageFault.NotAnObject)]
    [InlineData("GET / HTTP/1.1", MessageFault.NotAnObject)]
    [InlineData("[]", MessageFault.NotAnObject)]
    [InlineData("{}", MessageFault.NeitherMethodNorResult)]
    [InlineData("""{"id":1}""", MessageFault.NeitherMethodNorResult)]
    [InlineData("""{"id":1,"method":7}""", MessageFault.MethodNotText)]
    [InlineData("""{"id":1,"method":"a"}}""", MessageFault.NotJson)]
    [InlineData("""{"id":1,"method":"a"}{"id":2,"method":"b"}""", MessageFault.NotJson)]
    [InlineData("""{"id":1,"method":"a","params":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}""", MessageFault.NotJson)]
    [InlineData("""{"id":01,"method":"a"}""", MessageFault.NotJson)]
    public void A_line_that_is_no_message_says_why(string line, MessageFault fault)
    {
        var message = Parse(line);

        message.Kind.ShouldBe(MessageKind.Malformed);
        message.Fault.ShouldBe(fault);
    }

    [Fact]
    public void A_first_line_of_TLS_is_not_text()
    {
        StratumMessage.Parse([0x16, 0x03, 0x01, 0x02, 0x00, 0xff]).Fault.ShouldBe(MessageFault.NotUtf8);
        StratumMessage.Parse([(byte)'{', 0xff, (byte)'}']).Fault.ShouldBe(MessageFault.NotUtf8);
    }

    [Fact]
    public void An_id_over_the_limit_is_not_echoed() =>
        Parse($$"""{"id":"{{new string('x', 200)}}","method":"mining.ping"}""").Fault.ShouldBe(MessageFault.IdTooLong);

    [Theory]
    [InlineData("""{"id":5,"result":true,"error":null}""", true, 0, "")]
    [InlineData("""{"id":5,"result":null,"error":[21,"Job not found",null]}""", false, 21, "Job not found")]
    [InlineData("""{"id":5,"result":null,"error":["21","Job not found"]}""", false, 21, "Job not found")]
    [InlineData("""{"id":5,"result":null,"error":[-3,"Method not found",null]}""", false, -3, "Method not found")]
    [InlineData("""{"id":5,"error":{"code":23,"message":"low"}}""", false, 23, "low")]
    [InlineData("""{"id":5,"error":"plain"}""", false, 20, "plain")]
    [InlineData("""{"id":5,"result":false,"error":null,"reject-reason":"Above target"}""", false, 20, "Above target")]
    [InlineData("""{"id":5,"result":false,"error":null}""", false, 20, "No reason given")]
    [InlineData("""{"id":5,"result":null,"error":[]}""", false, 20, "No reason given")]
    [InlineData("""{"id":5,"result":null,"error":[21,"\ud800"]}""", false, 21, "No reason given")]
    public void An_answer_is_read_in_every_form_of_the_field(string line, bool isAccepted, int code, string text)
    {
        var message = Parse(line);
        var answer = PoolAnswer.Of(message);

        message.Kind.ShouldBe(MessageKind.Response);
        message.TryGetIdNumber(out var id).ShouldBeTrue();
        id.ShouldBe(5);
        answer.IsAccepted.ShouldBe(isAccepted);
        answer.Error.Code.ShouldBe(code);
        (answer.Error.Text ?? "").ShouldBe(text);
    }

    private static StratumMessage Parse(string line) => StratumMessage.Parse(Encoding.UTF8.GetBytes(line));
}
