using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class ScryptTests
{
    /// <summary>The first block of Litecoin: found by its scrypt hash, named by its SHA-256d hash.</summary>
    private const string LitecoinGenesis =
        "01000000" + "0000000000000000000000000000000000000000000000000000000000000000"
        + "d9ced4ed1130f7b7faad9be25323ffafa33232a17c3edf6cfd97bee6bafbdd97" + "b9aa8e4e" + "f0ff0f1e" + "cd513f7c";

    /// <summary>The first block of Dogecoin.</summary>
    private const string DogecoinGenesis =
        "01000000" + "0000000000000000000000000000000000000000000000000000000000000000"
        + "696ad20e2dd4365c7459b4a4a5af743d5e92c6da3229e6532cd605f6533f2a5b" + "24a6a152" + "f0ff0f1e" + "67860100";

    public static TheoryData<string> Engines => [new ManagedSha256().Name, Sha256Engine.Best.Name];

    [Theory]
    [MemberData(nameof(Engines))]
    public void Derives_what_RFC_7914_says(string engine)
    {
        var derived = new byte[64];
        Scrypt.Derive(EngineNamed(engine), default, default, cost: 16, derived);
        Convert.ToHexStringLower(derived).ShouldBe(
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
            + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
    }

    [Fact]
    public void Mixes_a_block_as_RFC_7914_says()
    {
        var block = Convert.FromHexString(
            "f7ce0b653d2d72a4108cf5abe912ffdd777616dbbb27a70e8204f3ae2d0f6fad"
            + "89f68f4811d1e87bcc3bd7400a9ffd29094f0184639574f39ae5a1315217bcd7"
            + "894991447213bb226c25b54da86370fbcd984380374666bb8ffcb5bf40c254b0"
            + "67d27c51ce4ad5fed829c90b505a571b7f4d1cad6a523cda770e67bceaaf7e89");
        ScryptMix.Mix(block, new byte[16 * ScryptMix.BlockBytes]);
        Convert.ToHexStringLower(block).ShouldBe(
            "79ccc193629debca047f0b70604bf6b62ce3dd4a9626e355fafc6198e6ea2b46"
            + "d58413673b99b029d665c357601fb426a0b2f4bba200ee9f0a43d19b571a9c71"
            + "ef1142e65d5a266fddca832ce59faa7cac0b9cf1be2bffca300d01ee387619c4"
            + "ae12fd4438f203a0e4e1c47ec314861f4e9087cb33396a6873e8f9d2539a4b8e");
    }

    [Theory]
    [InlineData(LitecoinGenesis, "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2")]
    [InlineData(DogecoinGenesis, "1a91e3dace36e2be3bf030a65679fe821aa1d6ef92e7c9902eb318182c355691")]
    public void A_real_header_meets_its_own_target(string hex, string name)
    {
        var header = Convert.FromHexString(hex);
        var sha256d = new byte[32];
        var scrypt = new byte[32];
        Sha256d.Hash(header, sha256d);
        Scrypt.Hash(header, scrypt);
        new ShareHash(sha256d).ToString().ShouldBe(name);
        new ShareHash(scrypt).Meets(Target.FromCompact(0x1e0ffff0)).ShouldBeTrue();
        new ShareHash(sha256d).Meets(Target.FromCompact(0x1e0ffff0)).ShouldBeFalse();
    }

    private static Sha256Engine EngineNamed(string name) =>
        name == Sha256Engine.Best.Name ? Sha256Engine.Best : new ManagedSha256();
}
