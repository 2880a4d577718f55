using System.Net;
using System.Text;
using Marketplace.HashrateProxy.Downstream.Admission;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class ProxyHeaderTests
{
    private const string Signature = "0d0a0d0a000d0a515549540a";
    private const string IPv6Addresses = "20010db8000000000000000000000001" + "20010db8000000000000000000000002";

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\nrest", 45, "192.0.2.7")]
    [InlineData("PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n", 46, "2001:db8::1")]
    [InlineData("PROXY UNKNOWN\r\n", 15, null)]
    [InlineData("PROXY UNKNOWN ffff:f::1 ffff::1 65535 65535\r\n", 45, null)]
    public void A_line_of_text_names_the_source(string text, int sizeBytes, string? source) =>
        ProxyHeader.Read(Encoding.ASCII.GetBytes(text)).ShouldBe(
            new ProxyHeader(ProxyHeaderStatus.Complete, sizeBytes, source is null ? null : IPAddress.Parse(source)));

    [Theory]
    [InlineData("21" + "11" + "000c" + "c0000207" + "c6336401" + "dc0401bb" + "7b", 28, "192.0.2.7")]
    [InlineData("21" + "21" + "0024" + IPv6Addresses + "dc0401bb", 52, "2001:db8::1")]
    [InlineData("21" + "11" + "000f" + "c0000207" + "c6336401" + "dc0401bb" + "040000", 31, "192.0.2.7")]
    [InlineData("20" + "00" + "0000", 16, null)]
    [InlineData("21" + "00" + "0000", 16, null)]
    public void A_binary_header_names_the_source(string hex, int sizeBytes, string? source) =>
        ProxyHeader.Read(Convert.FromHexString(Signature + hex)).ShouldBe(
            new ProxyHeader(ProxyHeaderStatus.Complete, sizeBytes, source is null ? null : IPAddress.Parse(source)));

    [Theory]
    [InlineData("21" + "11" + "0004" + "c0000207")]
    [InlineData("31" + "11" + "000c" + "c0000207" + "c6336401" + "dc0401bb")]
    [InlineData("21" + "11" + "ffff")]
    public void A_binary_header_that_cannot_be_is_broken(string hex) =>
        ProxyHeader.Read(Convert.FromHexString(Signature + hex)).Status.ShouldBe(ProxyHeaderStatus.Broken);

    [Fact]
    public void Every_beginning_of_a_header_waits_for_the_rest_and_an_endless_one_is_broken()
    {
        var text = Encoding.ASCII.GetBytes("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n");
        var binary = Convert.FromHexString(Signature + "2111000cc0000207c6336401dc0401bb");
        foreach (var header in new[] { text, binary })
        {
            for (var length = 1; length < header.Length; length++)
            {
                ProxyHeader.Read(header.AsSpan(0, length)).Status.ShouldBe(ProxyHeaderStatus.Incomplete);
            }
        }

        ProxyHeader.Read(Encoding.ASCII.GetBytes("PROXY " + new string('x', 200))).Status
            .ShouldBe(ProxyHeaderStatus.Broken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":1}")]
    [InlineData("POST / HTTP/1.1")]
    [InlineData("\r\n\r\n{}")]
    public void Anything_else_is_no_header(string text) =>
        ProxyHeader.Read(Encoding.ASCII.GetBytes(text)).Status.ShouldBe(ProxyHeaderStatus.None);
}
