namespace Marketplace.CommandLine.Tests;

public sealed class HashrateTextTests
{
    [Theory]
    [InlineData("104.25 TH/s", "104250000000000")]
    [InlineData("1PH/s", "1000000000000000")]
    [InlineData("500 GH", "500000000000")]
    [InlineData("2.5eh/s", "2500000000000000000")]
    public void A_hashrate_is_read_as_people_write_it(string text, string hashesPerSecond)
    {
        HashrateText.TryParse(text, out var hashrate).ShouldBeTrue();
        hashrate.HashesPerSecond.ToString().ShouldBe(hashesPerSecond);
    }

    [Theory]
    [InlineData("")]
    [InlineData("100")]
    [InlineData("TH/s")]
    [InlineData("0 TH/s")]
    [InlineData("-1 TH/s")]
    [InlineData("1,5 TH/s")]
    [InlineData("1e3 TH/s")]
    [InlineData("99999999999 EH/s")]
    public void What_is_no_hashrate_is_refused(string text) => HashrateText.TryParse(text, out _).ShouldBeFalse();
}
