using System.Numerics;
using Marketplace.Primitives;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Marketplace.ServiceDefaults.Database;

internal sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make(value))
    where TId : struct, ITypedId<TId>
{
    /// <summary>An expression tree cannot call a static member of an interface.</summary>
    private static TId Make(Guid value) => TId.From(value);
}

internal sealed class UInt128Converter()
    : ValueConverter<UInt128, BigInteger>(value => (BigInteger)value, value => (UInt128)value);

internal sealed class Int128Converter()
    : ValueConverter<Int128, BigInteger>(value => (BigInteger)value, value => (Int128)value);

internal sealed class WorkConverter()
    : ValueConverter<Work, BigInteger>(work => (BigInteger)work.Hashes, value => new Work((UInt128)value));

internal sealed class HashrateConverter() : ValueConverter<Hashrate, BigInteger>(
    hashrate => (BigInteger)hashrate.HashesPerSecond, value => new Hashrate((UInt128)value));

internal sealed class DifficultyConverter()
    : ValueConverter<Difficulty, string>(difficulty => difficulty.ToString(), text => Difficulty.Parse(text));

internal sealed class CurrencyConverter()
    : ValueConverter<Currency, string>(currency => currency.Code, code => Currency.Of(code));

/// <summary>PostgreSQL keeps the instant and forgets the offset: what comes back is what was meant, in UTC.</summary>
internal sealed class UtcConverter()
    : ValueConverter<DateTimeOffset, DateTimeOffset>(at => at.ToUniversalTime(), at => at);
