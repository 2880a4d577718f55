using Marketplace.Simulators.Pools;

namespace Marketplace.CommandLine.Tests.CheckPool;

public sealed class CheckPoolTests
{
    private readonly Terminal _terminal = new();

    [Fact]
    public async Task A_pool_that_listens_is_connected()
    {
        await using var pool = new SimulatedPool(new PoolSettings { CoinbaseText = "checked" }, TimeProvider.System);
        pool.Start();
        (await _terminal.RunAsync("check-pool", pool.Url)).ShouldBe(ExitCodes.Held);
        _terminal.Output.ShouldContain("connect: pass");
    }

    [Fact]
    public async Task An_address_that_is_no_pool_fails_and_says_how_to_write_one()
    {
        (await _terminal.RunAsync("check-pool", "http://example.org:3333")).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("stratum+tcp://host:port");
    }
}
