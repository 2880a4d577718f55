using Marketplace.Stratum.Coinbase;
using Shouldly;

namespace Marketplace.Stratum.Tests.Coinbase;

public sealed class CoinbaseTransactionTests
{
    [Theory]
    [InlineData("lumerin-s19xp-1", "1CK6KHY6MHgYvmRQ4PAafKYDrg1ejbH1cE", 640_209_027, 1, 3)]
    [InlineData("viabtc-bitaxe-gamma-1", "1P3GQYtcWgZHrrJhUa4ctoQ3QoCU2F65nz", 312_505_573, 1, 2)]
    [InlineData("publicpool-bitaxe-testnet", "tb1qumezefzdeqqwn5zfvgdrhxjzc5ylr39uhuxcz4", 2_465_717, 2, 3)]
    public void A_pools_coinbase_shows_whom_it_pays(string name, string payee, ulong amount, int paying, int outputs)
    {
        var vector = ShareVector.Named(name);
        PayoutAddress.TryParse(payee, out var address).ShouldBeTrue();

        CoinbaseTransaction.TryRead(vector.Job, vector.Assignment, out var coinbase).ShouldBeTrue();

        coinbase.AmountTo(address).ShouldBe(amount);
        coinbase.TotalAmount.ShouldBe(amount);
        coinbase.Outputs.Count.ShouldBe(outputs);
        coinbase.Outputs.Count(output => output.Pays).ShouldBe(paying);
    }

    [Fact]
    public void A_coinbase_that_ends_too_early_is_none()
    {
        var vector = ShareVector.Named("viabtc-bitaxe-gamma-1");
        byte[] bytes =
        [
            .. vector.Job.Coinbase1, .. vector.Assignment.Extranonce1.Bytes,
            .. new byte[vector.Assignment.Extranonce2Bytes], .. vector.Job.Coinbase2,
        ];
        CoinbaseTransaction.TryRead(bytes, out _).ShouldBeTrue();
        for (var length = 0; length < bytes.Length; length++)
        {
            CoinbaseTransaction.TryRead(bytes.AsSpan(0, length), out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void Arbitrary_bytes_are_read_or_refused()
    {
        var random = new Random(7);
        var bytes = new byte[300];
        for (var count = 0; count < 10_000; count++)
        {
            random.NextBytes(bytes);
            bytes[4] = 1;
            Should.NotThrow(() => CoinbaseTransaction.TryRead(bytes, out _));
        }
    }
}
