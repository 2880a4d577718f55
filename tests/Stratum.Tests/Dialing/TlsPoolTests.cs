using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

/// <summary>A pool behind TLS is who its certificate says it is, or it is not used.</summary>
public sealed class TlsPoolTests : IDisposable
{
    private readonly Certificates _certificates = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PoolDialer Dialer => new(
        new NamesDouble(["127.0.0.1"]), new DialPolicy(AllowLoopback: true, [_certificates.Root]));

    public void Dispose() => _certificates.Dispose();

    private static PoolUrl Pool(int port) => PoolUrl.Parse($"stratum+ssl://pool.example:{port}");

    [Fact]
    public async Task A_pool_with_a_trusted_certificate_is_dialled()
    {
        await using var pool = new Listener("127.0.0.1", "secret", certificate: _certificates.For("pool.example"));
        await using var stream = await Dialer.DialAsync(Pool(pool.Port), Cancel);
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(Cancel)).ShouldBe("secret");
    }

    [Theory]
    [InlineData("other.example", false)]
    [InlineData("pool.example", true)]
    public async Task A_certificate_of_another_name_or_time_is_refused(string host, bool isOver)
    {
        await using var pool = new Listener("127.0.0.1", "secret", certificate: _certificates.For(host, isOver));
        (await FailureAsync(Dialer, pool.Port)).Step.ShouldBe("tls");
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_root_is_refused()
    {
        using var others = new Certificates();
        await using var pool = new Listener("127.0.0.1", "secret", certificate: others.For("pool.example"));
        (await FailureAsync(Dialer, pool.Port)).Step.ShouldBe("tls");
        var system = new PoolDialer(new NamesDouble(["127.0.0.1"]), new DialPolicy(AllowLoopback: true));
        (await FailureAsync(system, pool.Port)).Step.ShouldBe("tls");
    }

    [Fact]
    public async Task A_port_that_speaks_no_TLS_is_refused_with_a_reason()
    {
        await using var pool = new Listener("127.0.0.1", "a line of plain text, longer than the head of a record");
        var failure = await FailureAsync(Dialer, pool.Port);
        failure.Step.ShouldBe("tls");
        failure.Message.ShouldContain("could not be secured");
    }

    private static Task<PoolUnreachableException> FailureAsync(PoolDialer dialer, int port) =>
        Should.ThrowAsync<PoolUnreachableException>(() => dialer.DialAsync(Pool(port), Cancel));
}
