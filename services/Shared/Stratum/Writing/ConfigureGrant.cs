namespace Marketplace.Stratum;

/// <summary>What a worker is granted of what it asked for in <c>mining.configure</c>.</summary>
/// <param name="VersionMask">The bits it may roll, a part of those it asked for; zero refuses version rolling.</param>
/// <param name="MinimumDifficulty">Its lowest difficulty will be kept to.</param>
/// <param name="SubscribeExtranonce">It may be sent <c>mining.set_extranonce</c>.</param>
public readonly record struct ConfigureGrant(uint VersionMask, bool MinimumDifficulty, bool SubscribeExtranonce);
