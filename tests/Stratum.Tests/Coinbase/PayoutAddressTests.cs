using Marketplace.Primitives;
using Marketplace.Stratum.Coinbase;
using Shouldly;

namespace Marketplace.Stratum.Tests.Coinbase;

public sealed class PayoutAddressTests
{
    /// <summary>Segwit rows are the test vectors of BIP 350; the first is the oldest address there is.</summary>
    [Theory]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac")]
    [InlineData("3P14159f73E4gFr7JterCCQh9QjiTjiZrG", "a914e9c3dd0c07aac76179ebc76a6c78d4d67c6c160a87")]
    [InlineData("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "0014751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData(
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262")]
    [InlineData("BC1SW50QGDZ25J", "6002751e")]
    [InlineData(
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    public void An_address_is_its_script_and_back(string text, string script)
    {
        PayoutAddress.TryParse(text, out var address).ShouldBeTrue();
        Convert.ToHexStringLower(address.Script).ShouldBe(script);
        PayoutAddress.OfScript(address.Script, address.Network)!.Text.ShouldBe(text, StringCompareShould.IgnoreCase);
    }

    [Fact]
    public void Work_of_x11_pays_addresses_of_dash()
    {
        var script = Convert.FromHexString("76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac");
        var text = PayoutAddress.OfScript(script, CoinNetwork.Of(Algorithm.X11))!.Text;
        text[0].ShouldBe('X');
        PayoutAddress.TryParse(text, out var address).ShouldBeTrue();
        address.Network.ShouldBe(CoinNetwork.Dash);
        address.Script.ToArray().ShouldBe(script);
    }

    [Theory]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb")]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a")]
    [InlineData("11A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd")]
    [InlineData("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh")]
    [InlineData("bc1pw5dgrnzv")]
    [InlineData("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P")]
    [InlineData("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq")]
    [InlineData("tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty")]
    [InlineData("bc1gmk9yu")]
    [InlineData("")]
    [InlineData("not an address")]
    public void A_wrong_letter_is_no_address(string text) => PayoutAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_script_reads_as_the_address_of_its_chain()
    {
        var script = Convert.FromHexString("76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac");

        PayoutAddress.OfScript(script, CoinNetwork.Litecoin)!.Text.ShouldStartWith("L");
        PayoutAddress.OfScript(script, CoinNetwork.Dogecoin)!.Text.ShouldStartWith("D");
        PayoutAddress.OfScript(script, CoinNetwork.BitcoinTestnet)!.Text[0].ShouldBeOneOf('m', 'n');
        PayoutAddress.OfScript("j\u0004abcd"u8, CoinNetwork.Bitcoin).ShouldBeNull();
        PayoutAddress.OfScript([], CoinNetwork.Bitcoin).ShouldBeNull();
    }
}
