using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Marketplace.Catalog.Farms;

namespace Marketplace.Catalog.Tests;

public sealed partial class LoginPartTests
{
    [Fact]
    public void Whatever_is_typed_in_becomes_a_login_part_or_a_clear_error() => Prop.ForAll<string?>(text =>
        IsPartOrRefused(() => LoginPart.OfFarm(text ?? ""), "farm-name-invalid")
        && IsPartOrRefused(() => LoginPart.OfRig(text), "rig-name-invalid")).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Northern Lights, Akureyri", "northern-lights-akureyri")]
    [InlineData("  Farm #7  ", "farm-7")]
    [InlineData("alpha", "alpha")]
    public void A_farms_name_becomes_lower_case_words_with_hyphens(string name, string slug) =>
        LoginPart.OfFarm(name).ShouldBe(slug);

    [Theory]
    [InlineData("S19-Rack-3", "s19-rack-3")]
    [InlineData("7", "7")]
    public void A_rigs_name_only_loses_its_case(string name, string part) => LoginPart.OfRig(name).ShouldBe(part);

    [Theory]
    [InlineData("rack.3")]
    [InlineData("-rack")]
    [InlineData("rack--3")]
    [InlineData("rack 3")]
    [InlineData("räck")]
    [InlineData("")]
    public void A_rigs_name_that_would_change_is_refused(string name) =>
        Should.Throw<BusinessRuleException>(() => LoginPart.OfRig(name)).Code.ShouldBe("rig-name-invalid");

    private static bool IsPartOrRefused(Func<string> read, string code)
    {
        try
        {
            var part = read();
            return part.Length <= LoginPart.MaxLength && Grammar().IsMatch(part);
        }
        catch (BusinessRuleException refused)
        {
            return refused.Code == code;
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z")]
    private static partial Regex Grammar();
}
