using FsCheck;
using FsCheck.Fluent;

namespace Marketplace.Primitives.Tests;

/// <summary>Values over their whole range, the edges often.</summary>
internal static class Samples
{
    private static readonly Gen<ulong> Word = Gen.OneOf(
        Gen.Elements(0UL, 1UL, ulong.MaxValue),
        Gen.Choose(0, int.MaxValue).Two().Select(pair => ((ulong)pair.Item1 << 33) ^ (ulong)pair.Item2));

    public static Arbitrary<Target> Targets { get; } = Word.ArrayOf(4).Select(words =>
    {
        var bytes = new byte[Target.SizeBytes];
        Buffer.BlockCopy(words, 0, bytes, 0, bytes.Length);
        return Target.FromLittleEndian(bytes);
    }).ToArbitrary();

    public static Arbitrary<Difficulty> Difficulties { get; } = (
        from digits in Gen.Choose(1, int.MaxValue)
        from exponent in Gen.Choose(-15, 9)
        select Difficulty.Parse($"{digits}e{exponent}")).ToArbitrary();

    public static Arbitrary<Work> Works { get; } =
        Word.Two().Select(pair => new Work(new UInt128(pair.Item1 >> 2, pair.Item2))).ToArbitrary();

    public static Arbitrary<Money> Amounts { get; } =
        Word.Two().Select(pair =>
        {
            var magnitude = (Int128)new UInt128(pair.Item1 >> 40, pair.Item2);
            return new Money(pair.Item1 % 2 == 0 ? magnitude : -magnitude, Currency.Usd);
        }).ToArbitrary();

    public static Arbitrary<Hashrate> Hashrates { get; } =
        Word.Select(value => new Hashrate((UInt128)value * 1000)).ToArbitrary();
}
