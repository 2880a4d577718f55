using System.Net;
using System.Net.Sockets;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

/// <summary>Whatever a name answers, and however often, only an address that was checked is dialled.</summary>
public sealed class PoolDialerTests
{
    private static readonly DialPolicy Development = new(AllowLoopback: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static PoolUrl Pool(int port) => PoolUrl.Parse($"stratum+tcp://pool.example:{port}");

    private static async Task<string?> FirstLineAsync(PoolDialer dialer, PoolUrl url)
    {
        await using var stream = await dialer.DialAsync(url, Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Cancel);
    }

    private static async Task<string> FailedStepAsync(PoolDialer dialer, PoolUrl url) =>
        (await Should.ThrowAsync<PoolUnreachableException>(() => dialer.DialAsync(url, Cancel))).Step;

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_that_is_dialled()
    {
        await using var honest = new Listener("127.0.0.1", "checked");
        await using var rebound = new Listener("127.0.0.2", "rebound", honest.Port);
        var names = new NamesDouble(["127.0.0.1"], ["127.0.0.2"]);

        (await FirstLineAsync(new PoolDialer(names, Development), Pool(honest.Port))).ShouldBe("checked");
        names.Asked.ShouldBe(1);
        rebound.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_later_is_checked_again()
    {
        await using var honest = new Listener("127.0.0.1", "checked");
        var dialer = new PoolDialer(new NamesDouble(["127.0.0.1"], ["169.254.169.254"]), Development);

        (await FirstLineAsync(dialer, Pool(honest.Port))).ShouldBe("checked");
        (await FailedStepAsync(dialer, Pool(honest.Port))).ShouldBe("address");
    }

    [Theory]
    [InlineData("127.0.0.1", "10.0.0.1")]
    [InlineData("127.0.0.1", "fd00:ec2::254")]
    [InlineData("127.0.0.1", "::ffff:10.0.0.1")]
    [InlineData("127.0.0.1", "64:ff9b::7f00:1")]
    public async Task One_bad_answer_refuses_the_name_whole(string good, string bad)
    {
        await using var honest = new Listener("127.0.0.1", "checked");
        foreach (var answer in new[] { new[] { good, bad }, [bad, good] })
        {
            (await FailedStepAsync(new PoolDialer(new NamesDouble(answer), Development), Pool(honest.Port)))
                .ShouldBe("address");
        }

        honest.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Loopback_is_refused_where_it_was_not_opened()
    {
        await using var honest = new Listener("127.0.0.1", "checked");
        var strict = new PoolDialer(new NamesDouble(["127.0.0.1"]), new DialPolicy());

        (await FailedStepAsync(strict, Pool(honest.Port))).ShouldBe("address");
        (await FailedStepAsync(strict, PoolUrl.Parse($"stratum+tcp://127.0.0.1:{honest.Port}"))).ShouldBe("address");
        (await FailedStepAsync(strict, PoolUrl.Parse($"stratum+tcp://[::1]:{honest.Port}"))).ShouldBe("address");
        honest.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_closed_address_gives_way_to_the_next_one()
    {
        await using var second = new Listener("127.0.0.2", "second");
        var dialer = new PoolDialer(new NamesDouble(["127.0.0.3", "127.0.0.2"]), Development);
        (await FirstLineAsync(dialer, Pool(second.Port))).ShouldBe("second");
    }

    [Fact]
    public async Task Pools_are_dialled_from_each_egress_address_in_turn()
    {
        using var pool = new TcpListener(IPAddress.Loopback, 0);
        pool.Start();
        IPAddress[] egress = [IPAddress.Parse("127.0.0.4"), IPAddress.Parse("127.0.0.5"), IPAddress.IPv6Loopback];
        var dialer = new PoolDialer(new NamesDouble(["127.0.0.1"]), Development with { EgressAddresses = egress });
        var seen = new List<string>();
        for (var dial = 0; dial < 4; dial++)
        {
            await using var line = await dialer.DialAsync(
                Pool(((IPEndPoint)pool.LocalEndpoint).Port), Cancel);
            using var accepted = await pool.AcceptSocketAsync(Cancel);
            seen.Add(((IPEndPoint)accepted.RemoteEndPoint!).Address.ToString());
        }

        seen.Distinct().Order().ShouldBe(["127.0.0.4", "127.0.0.5"]);
        seen[2..].ShouldBe(seen[..2]);
    }

    [Fact]
    public async Task A_name_without_addresses_or_with_too_many_is_no_pool()
    {
        (await FailedStepAsync(new PoolDialer(new NamesDouble([[]]), Development), Pool(3333))).ShouldBe("resolve");
        string[] crowd = [.. Enumerable.Range(1, PoolDialer.MaxAddresses + 1).Select(last => $"127.0.0.{last}")];
        (await FailedStepAsync(new PoolDialer(new NamesDouble(crowd), Development), Pool(3333))).ShouldBe("resolve");
    }
}
