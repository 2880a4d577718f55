namespace Marketplace.Client.HashrateProxy;

/// <param name="Url">
/// <c>https://</c>, a host on the public internet, port 443 or at least 1024; redirects are not followed.
/// </param>
public sealed record CreateHeadHook(string Url);

/// <param name="Secret">Shown this once: what every delivery is signed with.</param>
public sealed record CreatedHeadHook(HeadHook Hook, string Secret);

public sealed record HeadHookList(IReadOnlyList<HeadHook> Hooks);

/// <summary>Where an organisation has the heads of its contracts sent, and how that goes.</summary>
/// <param name="WaitingHeads">Not delivered yet.</param>
/// <param name="FailingSinceAt">Nothing was taken since then; null while deliveries succeed.</param>
/// <param name="LastError">Of the last delivery that failed.</param>
/// <param name="SwitchedOffAt">It failed for too long and gets nothing any more: delete it and create another.</param>
public sealed record HeadHook(
    HeadHookId Id,
    string Url,
    DateTimeOffset CreatedAt,
    int WaitingHeads,
    DateTimeOffset? LastDeliveredAt,
    DateTimeOffset? FailingSinceAt,
    string? LastError,
    DateTimeOffset? SwitchedOffAt);

/// <summary>
/// The body of a delivery. It comes at least once and, of each node, in order; a head is told by its contract, node and
/// index. <c>Marketplace-Signature</c> is <c>v1=</c> and, in hexadecimal digits, the HMAC-SHA256 with the hook's secret
/// over <c>Marketplace-Timestamp</c> (seconds since 1970), a point, and the body's bytes. Refuse old timestamps.
/// </summary>
public sealed record HeadDelivery(IReadOnlyList<DeliveredHeads> Contracts);

/// <param name="Heads">As <see cref="ContractHeads"/> has them.</param>
public sealed record DeliveredHeads(ContractId ContractId, IReadOnlyList<ContractHead> Heads);
