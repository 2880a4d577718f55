using System.Text;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class RequestTests
{
    [Fact]
    public void A_submit_is_read_with_upper_case_hex_and_version_bits()
    {
        SubmitRequest.TryParse(
            With("""["farm.rig","c28f","0A0B0C0D","674E9260","714103E8","03B58000"]"""), out var submit, out _)
            .ShouldBeTrue();

        Encoding.UTF8.GetString(submit.Worker).ShouldBe("farm.rig");
        Encoding.UTF8.GetString(submit.JobId).ShouldBe("c28f");
        submit.Extranonce2.ToString().ShouldBe("0a0b0c0d");
        (submit.NTime, submit.Nonce, submit.VersionBits).ShouldBe((0x674e9260u, 0x714103e8u, (uint?)0x03b58000u));
    }

    [Theory]
    [InlineData("""["w"]""", ParseFault.TooFewParameters)]
    [InlineData("[]", ParseFault.TooFewParameters)]
    [InlineData("{}", ParseFault.TooFewParameters)]
    [InlineData("7", ParseFault.TooFewParameters)]
    [InlineData("""["w","j","00","674e9260"]""", ParseFault.TooFewParameters)]
    [InlineData("""["w","j","00","674e9260",7]""", ParseFault.WrongType)]
    [InlineData("""[null,"j","00","674e9260","714103e8"]""", ParseFault.WrongType)]
    [InlineData("""["w","j","000","674e9260","714103e8"]""", ParseFault.BadHex)]
    [InlineData("""["w","j","0g","674e9260","714103e8"]""", ParseFault.BadHex)]
    [InlineData("""["w","j","00","","714103e8"]""", ParseFault.BadHex)]
    [InlineData("""["w","j","00","674e9260","714103e800"]""", ParseFault.BadHex)]
    [InlineData("""["w","j","00","674e9260","714103e8","000000000"]""", ParseFault.BadHex)]
    [InlineData("""["w","j","00","674e9260"," 14103e8"]""", ParseFault.BadHex)]
    public void A_submit_that_is_short_or_wrong_says_why(string parameters, ParseFault expected)
    {
        SubmitRequest.TryParse(With(parameters), out _, out var fault).ShouldBeFalse();

        fault.ShouldBe(expected);
    }

    [Fact]
    public void Numbers_of_a_submit_may_lack_leading_zeros()
    {
        SubmitRequest.TryParse(With("""["w","j","00","74e9260","3E8","0"]"""), out var submit, out _).ShouldBeTrue();
        (submit.NTime, submit.Nonce, submit.VersionBits).ShouldBe((0x074e9260u, 0x3e8u, (uint?)0u));
    }

    [Fact]
    public void A_submit_with_a_name_over_the_limit_is_too_long()
    {
        var name = new string('x', StratumLimits.NameBytes + 1);

        var message = With($$"""["{{name}}","j","00","674e9260","714103e8"]""");
        SubmitRequest.TryParse(message, out _, out var fault).ShouldBeFalse();
        fault.ShouldBe(ParseFault.TooLong);
    }

    [Fact]
    public void A_configure_is_read_in_its_three_live_shapes()
    {
        Configure("""[["version-rolling"],{"version-rolling.mask":"1fffe000","version-rolling.min-bit-count":16}]""")
            .ShouldSatisfyAllConditions(
                asked => asked.AsksVersionRolling.ShouldBeTrue(),
                asked => asked.VersionRollingMask.ShouldBe(0x1fffe000u),
                asked => asked.MinBitCount.ShouldBe(16),
                asked => asked.AsksSubscribeExtranonce.ShouldBeFalse());
        Configure("""[["version-rolling","subscribe-extranonce"],{}]""").ShouldSatisfyAllConditions(
            asked => asked.VersionRollingMask.ShouldBe(ConfigureRequest.FullMask),
            asked => asked.AsksSubscribeExtranonce.ShouldBeTrue());
        Configure("""[["version-rolling","minimum-difficulty","x-new"],{"minimum-difficulty.value":2048}]""")
            .ShouldSatisfyAllConditions(
                asked => asked.MinimumDifficulty.ShouldBe(Difficulty.Of(2048)),
                asked => asked.UnknownExtensions.ShouldBe(["x-new"]));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""["version-rolling"]""")]
    [InlineData("""[[7]]""")]
    [InlineData("""[["version-rolling"],{"version-rolling.mask":"hello"}]""")]
    public void A_configure_that_is_wrong_is_refused(string parameters) =>
        ConfigureRequest.TryParse(With(parameters), out _).ShouldBeFalse();

    [Theory]
    [InlineData("[]", "", "")]
    [InlineData("""["cgminer\/4.10","a1b2"]""", "cgminer/4.10", "a1b2")]
    [InlineData("""["Braiins OS 2019-06-05",null,"stratum.example:3333",null]""", "Braiins OS 2019-06-05", "")]
    [InlineData("{}", "", "")]
    public void A_subscribe_is_read_in_any_shape(string parameters, string userAgent, string session) =>
        SubscribeRequest.Parse(With(parameters)).ShouldBe(new SubscribeRequest(userAgent, session));

    [Theory]
    [InlineData("""["farm.rig","x"]""", true, "x")]
    [InlineData("""["farm.rig"]""", true, "")]
    [InlineData("""["farm.rig",null]""", true, "")]
    [InlineData("[]", false, "")]
    [InlineData("[5]", false, "")]
    public void An_authorize_needs_a_user_and_no_password(string parameters, bool isRead, string password)
    {
        AuthorizeRequest.TryParse(With(parameters), out var authorize).ShouldBe(isRead);
        authorize.Password.ShouldBe(password);
        authorize.ToString().ShouldNotContain("x");
    }

    [Fact]
    public void A_suggested_target_is_the_number_it_spells()
    {
        SuggestRequest.TryParseTarget(With("""["00000000ffff0000"]"""), out var target).ShouldBeTrue();
        target.ToString().ShouldBe("00000000ffff0000".PadLeft(64, '0'));
        SuggestRequest.TryParseTarget(With("""["0"]"""), out _).ShouldBeFalse();
        SuggestRequest.TryParseTarget(With("[5]"), out _).ShouldBeFalse();
    }

    private static ConfigureRequest Configure(string parameters)
    {
        ConfigureRequest.TryParse(With(parameters), out var configure).ShouldBeTrue();
        return configure;
    }

    private static StratumMessage With(string parameters) => StratumMessage.Parse(
        Encoding.UTF8.GetBytes($$"""{"id":1,"method":"mining.any","params":{{parameters}}}"""));
}
