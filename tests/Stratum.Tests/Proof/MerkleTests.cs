using Marketplace.Stratum.Proof;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

/// <summary>Leaves, roots and paths are those that implementations of Certificate Transparency test with.</summary>
public sealed class MerkleTests
{
    private const string FirstPair = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private const string SecondPair = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    private const string FirstFour = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
    private const string LastFour = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

    private static readonly byte[][] Leaves = Hex(
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, FirstFour)]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Both_ways_to_a_root_give_the_known_one(int count, string root)
    {
        var accumulator = new MerkleAccumulator();
        Array.ForEach(Leaves[..count], leaf => accumulator.Append(leaf));

        Convert.ToHexStringLower(new MerkleTree(Leaves[..count]).Root).ShouldBe(root);
        Convert.ToHexStringLower(accumulator.Root()).ShouldBe(root);
    }

    [Theory]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", FirstPair, LastFour)]
    [InlineData(
        5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", SecondPair, FirstFour)]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    public void A_leafs_path_is_the_known_one(int index, int count, params string[] path) =>
        new MerkleTree(Leaves[..count]).InclusionPath(index).ShouldBe(Hex(path));

    [Theory]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", SecondPair, FirstFour)]
    [InlineData(2, 5, FirstPair, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    [InlineData(4, 8, LastFour)]
    public void A_beginnings_path_is_the_known_one(int first, int second, params string[] path) =>
        new MerkleTree(Leaves[..second]).ConsistencyPath(first).ShouldBe(Hex(path));

    [Fact]
    public void Every_path_of_every_small_tree_holds_and_no_other_leaf_place_or_path_does()
    {
        for (var count = 1; count <= 40; count++)
        {
            byte[][] leaves = [.. Enumerable.Range(0, count).Select(number => new[] { (byte)number })];
            var tree = new MerkleTree(leaves);
            for (var index = 0; index < count; index++)
            {
                var path = tree.InclusionPath(index);
                MerkleProof.Includes(tree.Root, count, index, leaves[index], path).ShouldBeTrue();
                MerkleProof.Includes(tree.Root, count, index, [99], path).ShouldBeFalse();
                MerkleProof.Includes(tree.Root, count, index - 1, leaves[index], path).ShouldBeFalse();
                MerkleProof.Includes(tree.Root, count, index + 1, leaves[index], path).ShouldBeFalse();
                MerkleProof.Includes(tree.Root, count, index, leaves[index], [.. path, path.LastOrDefault([1])])
                    .ShouldBeFalse();
                (path.Count > 0 && MerkleProof.Includes(tree.Root, count, index, leaves[index], [.. path.Skip(1)]))
                    .ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Every_beginning_of_a_tree_is_shown_and_no_other_is()
    {
        for (var count = 1; count <= 24; count++)
        {
            byte[][] leaves = [.. Enumerable.Range(0, count).Select(number => new[] { (byte)number })];
            var tree = new MerkleTree(leaves);
            for (var first = 1; first <= count; first++)
            {
                var root = new MerkleTree(leaves[..first]).Root;
                var path = tree.ConsistencyPath(first);
                MerkleProof.Continues(root, first, tree.Root, count, path).ShouldBeTrue();
                MerkleProof.Continues(tree.Root, first, root, count, path).ShouldBe(first == count);
                byte[][] forked = [[99], .. leaves[1..first]];
                MerkleProof.Continues(new MerkleTree(forked).Root, first, tree.Root, count, path).ShouldBeFalse();
            }
        }
    }

    private static byte[][] Hex(params string[] texts) => [.. texts.Select(Convert.FromHexString)];
}
