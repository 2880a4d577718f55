namespace Marketplace.Messages;

/// <summary>One pool as it travels: the password only sealed to the proxy.</summary>
/// <param name="Url"><c>stratum+tcp://host:port</c></param>
/// <param name="Priority">0 is tried first, 4 last.</param>
public sealed record PoolAddress(Guid DestinationId, string Url, string User, string SealedPassword, int Priority);
