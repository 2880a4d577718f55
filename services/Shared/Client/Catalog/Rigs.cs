namespace Marketplace.Client.Catalog;

/// <param name="Name">Becomes part of the Stratum login: letters, digits and hyphens.</param>
/// <param name="Algorithm"><c>sha256d</c>, <c>scrypt</c>, <c>x11</c>, or a demo form of them in the demo world.</param>
public sealed record CreateRig(string Name, string Algorithm, Hashrate NameplateHashrate);

/// <summary>A pool as its owner types it in.</summary>
/// <param name="Url"><c>stratum+tcp://host:port</c></param>
public sealed record Pool(string Url, string User, string Password);

/// <summary>The seller's own pools, best first, one to five.</summary>
public sealed record SetDefaultPools(IReadOnlyList<Pool> Pools);

/// <summary>A pool as it is shown back to its owner: without the password.</summary>
public sealed record PoolView(string Url, string User);

/// <param name="Login">The Stratum user of its workers, <c>farm.rig</c>; a worker appends <c>.name</c>.</param>
/// <param name="IsSimulated">True for the demo algorithm; shown wherever the rig is.</param>
/// <param name="IsPoolAttested">
/// True where its shares are credited on their pools' word and not verified; shown wherever the rig is.
/// </param>
/// <param name="PriceUnit">What a price of its hashrate is per, with the day: <c>PH/s</c>.</param>
/// <param name="Measured">Over the last 5 minutes; null before the first measured minute.</param>
/// <param name="MeasuredOverHour">Over the last 60 minutes.</param>
public sealed record Rig(
    RigId Id,
    FarmId FarmId,
    string FarmName,
    string Name,
    string Login,
    string Algorithm,
    bool IsSimulated,
    bool IsPoolAttested,
    string PriceUnit,
    Hashrate NameplateHashrate,
    MeasuredHashrate? Measured,
    MeasuredHashrate? MeasuredOverHour,
    IReadOnlyList<PoolView> DefaultPools,
    DateTimeOffset CreatedAt);

/// <summary>
/// A hashrate with the window it was measured over: by re-hashed shares, or where its algorithm is attested by the
/// pool, by shares that pools accepted.
/// </summary>
public sealed record MeasuredHashrate(Hashrate Hashrate, DateTimeOffset WindowStartAt, DateTimeOffset WindowEndAt);
