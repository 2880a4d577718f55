using System.Text;
using Marketplace.HashrateProxy.ShareLog;

namespace Marketplace.HashrateProxy.Tests.ShareLog;

/// <summary>The examples of RFC 3720, appendix B.4, and the check value of the CRC catalogue.</summary>
public sealed class Crc32CTests
{
    [Fact]
    public void It_agrees_with_the_published_examples()
    {
        Crc32C.Of(new byte[32]).ShouldBe(0x8a9136aau);
        Crc32C.Of(Enumerable.Repeat((byte)0xff, 32).ToArray()).ShouldBe(0x62a8ab43u);
        Crc32C.Of([.. Enumerable.Range(0, 32).Select(number => (byte)number)]).ShouldBe(0x46dd794eu);
        Crc32C.Of([.. Enumerable.Range(0, 32).Select(number => (byte)(31 - number))]).ShouldBe(0x113fdb5cu);
        Crc32C.Of(Encoding.ASCII.GetBytes("123456789")).ShouldBe(0xe3069283u);
        Crc32C.Of([]).ShouldBe(0u);
    }
}
