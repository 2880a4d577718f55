namespace Marketplace.Catalog.Farms;

/// <summary>A seller's site. Its slug is the first half of the Stratum logins of its rigs.</summary>
internal sealed class Farm
{
    public const int MaxNameLength = 60;
    public const int MaxLocationLength = 80;
    public const int MaxEnergySourceLength = 40;
    public const long MaxElectricityPriceMicrosPerKwh = 10_000_000;

    private Farm(
        FarmId id,
        OrganisationId sellerId,
        string name,
        string slug,
        string location,
        string energySource,
        long? electricityPriceMicrosPerKwh,
        DateTimeOffset createdAt)
    {
        Id = id;
        SellerId = sellerId;
        Name = name;
        Slug = slug;
        Location = location;
        EnergySource = energySource;
        ElectricityPriceMicrosPerKwh = electricityPriceMicrosPerKwh;
        CreatedAt = createdAt;
    }

    public FarmId Id { get; private set; }

    public OrganisationId SellerId { get; private set; }

    public string Name { get; private set; }

    /// <summary>Unique among all sellers, since logins are.</summary>
    public string Slug { get; private set; }

    public string Location { get; private set; }

    public string EnergySource { get; private set; }

    public long? ElectricityPriceMicrosPerKwh { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <exception cref="BusinessRuleException">
    /// <c>farm-name-invalid</c>, <c>location-invalid</c>, <c>energy-source-invalid</c>,
    /// <c>electricity-price-invalid</c>
    /// </exception>
    public static Farm Create(OrganisationId sellerId, Api.CreateFarm request, TimeProvider time)
    {
        var name = RequiredText.Of(request.Name, MaxNameLength, "farm-name-invalid", "the farm's name");
        var price = request.ElectricityPriceMicrosPerKwh;
        if (price is < 0 or > MaxElectricityPriceMicrosPerKwh)
        {
            throw BusinessRuleException.Invalid(
                "electricity-price-invalid",
                $"Electricity costs between 0 and {MaxElectricityPriceMicrosPerKwh} millionths of a dollar per kWh.");
        }

        return new Farm(
            TypedId.New<FarmId>(time),
            sellerId,
            name,
            LoginPart.OfFarm(name),
            RequiredText.Of(request.Location, MaxLocationLength, "location-invalid", "the farm's location"),
            RequiredText.Of(request.EnergySource, MaxEnergySourceLength, "energy-source-invalid", "the energy source"),
            price,
            time.GetUtcNow());
    }

    public Api.Farm ToView() => new(Id, Name, Location, EnergySource, ElectricityPriceMicrosPerKwh, CreatedAt);
}
