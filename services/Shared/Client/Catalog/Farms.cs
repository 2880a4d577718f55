namespace Marketplace.Client.Catalog;

/// <param name="ElectricityPriceMicrosPerKwh">
/// Millionths of a US dollar per kWh, where the seller wants to say it.
/// </param>
public sealed record CreateFarm(
    string Name,
    string Location,
    string EnergySource,
    long? ElectricityPriceMicrosPerKwh = null);

public sealed record Farm(
    FarmId Id,
    string Name,
    string Location,
    string EnergySource,
    long? ElectricityPriceMicrosPerKwh,
    DateTimeOffset CreatedAt);
