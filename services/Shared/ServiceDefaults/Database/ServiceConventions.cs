using Marketplace.Primitives;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.ServiceDefaults.Database;

/// <summary>How values rest in every service's database; usable by a context that cannot derive from ours.</summary>
public static class ServiceConventions
{
    /// <summary>Holds every Int128 and UInt128.</summary>
    public const string IntegerColumnType = "numeric(39,0)";

    public static void Configure(ModelConfigurationBuilder configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Conventions.Add(_ => new SnakeCaseConvention());
        configuration.Properties<Enum>().HaveConversion<string>();
        configuration.Properties<UInt128>().HaveConversion<UInt128Converter>().HaveColumnType(IntegerColumnType);
        configuration.Properties<Int128>().HaveConversion<Int128Converter>().HaveColumnType(IntegerColumnType);
        configuration.Properties<Work>().HaveConversion<WorkConverter>().HaveColumnType(IntegerColumnType);
        configuration.Properties<Hashrate>().HaveConversion<HashrateConverter>().HaveColumnType(IntegerColumnType);
        configuration.Properties<Difficulty>().HaveConversion<DifficultyConverter>().HaveColumnType("text");
        configuration.Properties<Currency>().HaveConversion<CurrencyConverter>().HaveColumnType("char(3)");
        configuration.Properties<DateTimeOffset>().HaveConversion<UtcConverter>().HaveColumnType("timestamptz");
        configuration.ComplexProperties<Money>();
        foreach (var id in typeof(ITypedId<>).Assembly.GetTypes().Where(IsTypedId))
        {
            configuration.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id))
                .HaveColumnType("uuid");
        }
    }

    /// <summary>For a typed id that a service declares itself.</summary>
    public static void ConfigureId<TId>(ModelConfigurationBuilder configuration)
        where TId : struct, ITypedId<TId>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Properties<TId>().HaveConversion<TypedIdConverter<TId>>().HaveColumnType("uuid");
    }

    private static bool IsTypedId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(implemented =>
            implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(ITypedId<>));
}
