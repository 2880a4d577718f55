using Shouldly;

namespace Marketplace.Primitives.Tests;

/// <summary>A pool address is hostile input: a form that programs read differently is no form at all.</summary>
public sealed class PoolUrlTests
{
    [Theory]
    [InlineData("stratum+tcp://pool.example:3333", "stratum+tcp://pool.example:3333")]
    [InlineData("stratum+tcp://Pool.Example:443/", "stratum+tcp://pool.example:443")]
    [InlineData("stratum+tcp://8.8.8.8:3333", "stratum+tcp://8.8.8.8:3333")]
    [InlineData("stratum+tcp://[2001:4860:4860:0::8888]:3333", "stratum+tcp://[2001:4860:4860::8888]:3333")]
    [InlineData("stratum+tcp://bücher.example:3333", "stratum+tcp://xn--bcher-kva.example:3333")]
    [InlineData("stratum+tcp://eu_1.pool2.example:3333", "stratum+tcp://eu_1.pool2.example:3333")]
    [InlineData("stratum+ssl://pool.example:3333", "stratum+ssl://pool.example:3333")]
    [InlineData("stratum+tls://pool.example:3333", "stratum+ssl://pool.example:3333")]
    public void A_pool_is_kept_in_one_form(string text, string kept)
    {
        PoolUrl.Parse(text).ToString().ShouldBe(kept);
        PoolUrl.Parse(text).IsTls.ShouldBe(kept.StartsWith("stratum+ssl", StringComparison.Ordinal));
        PoolUrl.Parse(kept).ShouldBe(PoolUrl.Parse(text));
    }

    [Theory]
    [InlineData("http://2130706433")]
    [InlineData("stratum+tcp://2130706433:3333")]
    [InlineData("stratum+tcp://127.1:3333")]
    [InlineData("stratum+tcp://127.0.1:3333")]
    [InlineData("stratum+tcp://0x7f000001:3333")]
    [InlineData("stratum+tcp://0x7f.0.0.1:3333")]
    [InlineData("stratum+tcp://127.0.0.0x1:3333")]
    [InlineData("stratum+tcp://0177.0.0.1:3333")]
    [InlineData("stratum+tcp://017700000001:3333")]
    [InlineData("stratum+tcp://1.2.3.4.5:3333")]
    [InlineData("stratum+tcp://256.1.1.1:3333")]
    [InlineData("stratum+tcp://10.0.0.1.:3333")]
    [InlineData("stratum+tcp://localhost.:3333")]
    [InlineData("stratum+tcp://pool.example.:3333")]
    [InlineData("stratum+tcp://１２７.0.0.1:3333")]
    [InlineData("stratum+tcp://①27.0.0.1:3333")]
    [InlineData("stratum+tcp://%31%32%37.0.0.1:3333")]
    [InlineData("stratum+tcp://[fe80::1%25eth0]:3333")]
    [InlineData("stratum+tcp://[fe80::1%eth0]:3333")]
    [InlineData("stratum+tcp://pool.example:3333@evil.example:4444")]
    [InlineData("stratum+tcp://pool.example:3333\\@evil.example:4444")]
    [InlineData("stratum+tcp://user:word@pool.example:3333")]
    [InlineData("stratum+tcp://pool.example:3333/path")]
    [InlineData("stratum+tcp://pool.example:3333?query")]
    [InlineData("stratum+tcp://pool.example:3333#part")]
    [InlineData("stratum+tcp://pool.example")]
    [InlineData("stratum+tcp://pool.example:22")]
    [InlineData("stratum+tcp://pool.example:70000")]
    [InlineData("stratum+tcp://:3333")]
    [InlineData("stratum+udp://pool.example:3333")]
    [InlineData("pool.example:3333")]
    [InlineData("")]
    public void Another_form_is_refused(string text) =>
        Should.Throw<BusinessRuleException>(() => PoolUrl.Parse(text)).Code.ShouldBe("pool-url-invalid");

    [Theory]
    [InlineData("", null, "stratum+ssl://pool.example:3333")]
    [InlineData("Pool.Example", 4444, "stratum+ssl://pool.example:4444")]
    [InlineData("", 443, "stratum+ssl://pool.example:443")]
    [InlineData("", 22, null)]
    [InlineData("evil.example", 3333, null)]
    [InlineData("sub.pool.example", null, null)]
    public void A_pool_may_move_us_to_another_port_of_its_host_only(string host, int? port, string? url) =>
        (PoolUrl.Parse("stratum+ssl://pool.example:3333").AfterReconnect(host, port)?.ToString()).ShouldBe(url);

    [Fact]
    public void An_address_longer_than_the_limit_is_refused() =>
        Should.Throw<BusinessRuleException>(
            () => PoolUrl.Parse($"stratum+tcp://{new string('a', PoolUrl.MaxLength)}.example:3333"))
            .Code.ShouldBe("pool-url-invalid");
}
