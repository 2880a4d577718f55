using Marketplace.Catalog.Farms;
using Marketplace.Messages.Catalog;

namespace Marketplace.Catalog.Rigs;

/// <summary>
/// One Stratum login of a seller. It knows how much of its nameplate is on offer, so that two listings published at the
/// same time cannot together offer more than there is.
/// </summary>
internal sealed class Rig
{
    public const int MaxDefaultPools = 5;

    private List<DefaultPool> _defaultPools = [];

    private Rig(
        RigId id,
        FarmId farmId,
        OrganisationId sellerId,
        string name,
        string login,
        Algorithm algorithm,
        Hashrate nameplateHashrate,
        DateTimeOffset createdAt)
    {
        Id = id;
        FarmId = farmId;
        SellerId = sellerId;
        Name = name;
        Login = login;
        Algorithm = algorithm;
        NameplateHashrate = nameplateHashrate;
        CreatedAt = createdAt;
        Version = 1;
    }

    public RigId Id { get; private set; }

    public FarmId FarmId { get; private set; }

    public OrganisationId SellerId { get; private set; }

    public string Name { get; private set; }

    /// <summary><c>farm.rig</c>, lower case, unique among all sellers.</summary>
    public string Login { get; private set; }

    public Algorithm Algorithm { get; private set; }

    public Hashrate NameplateHashrate { get; private set; }

    /// <summary>What its published listings offer together.</summary>
    public Hashrate ListedHashrate { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Of <see cref="RigChanged"/>: 1, 2, 3, ... without gaps.</summary>
    public long Version { get; private set; }

    public IReadOnlyList<DefaultPool> DefaultPools => _defaultPools;

    /// <exception cref="BusinessRuleException"><c>rig-name-invalid</c>, <c>nameplate-invalid</c></exception>
    public static Rig Create(Farm farm, Api.CreateRig request, Algorithm algorithm, TimeProvider time)
    {
        var name = LoginPart.OfRig(request.Name);
        if (request.NameplateHashrate == Hashrate.Zero)
        {
            throw BusinessRuleException.Invalid("nameplate-invalid", "A rig's nameplate hashrate is above zero.");
        }

        return new Rig(
            TypedId.New<RigId>(time),
            farm.Id,
            farm.SellerId,
            name,
            $"{farm.Slug}.{name}",
            algorithm,
            request.NameplateHashrate,
            time.GetUtcNow());
    }

    /// <exception cref="BusinessRuleException"><c>pools-count-invalid</c></exception>
    public void SetDefaultPools(IReadOnlyList<DefaultPool> pools)
    {
        if (pools.Count is 0 or > MaxDefaultPools)
        {
            throw BusinessRuleException.Invalid(
                "pools-count-invalid", $"A rig has 1 to {MaxDefaultPools} pools of its own.");
        }

        _defaultPools = [.. pools];
        Version++;
    }

    /// <exception cref="BusinessRuleException"><c>rig-without-pools</c>, <c>nameplate-exceeded</c></exception>
    public void Offer(Hashrate hashrate)
    {
        if (_defaultPools.Count == 0)
        {
            throw new BusinessRuleException(
                "rig-without-pools",
                "Set the rig's own pools first: its fleet goes back to them when nobody rents it.");
        }

        var free = NameplateHashrate - ListedHashrate;
        if (hashrate > free)
        {
            throw new BusinessRuleException(
                "nameplate-exceeded",
                $"The rig's nameplate is {NameplateHashrate} and {ListedHashrate} of it is listed already: "
                + $"offer at most {free}.");
        }

        ListedHashrate += hashrate;
    }

    public void TakeBack(Hashrate hashrate) => ListedHashrate -= hashrate;

    public RigChanged ToMessage() => new(
        Id.Value,
        SellerId.Value,
        Login,
        Algorithm.Name,
        NameplateHashrate.HashesPerSecond,
        [.. _defaultPools.OrderBy(pool => pool.Priority).Select(pool => pool.ToMessage())],
        Version);
}
