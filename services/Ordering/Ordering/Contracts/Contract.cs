using Marketplace.Messages;
using Marketplace.Messages.Ordering;
using Marketplace.Ordering.Destinations;
using Marketplace.Ordering.Orders;
using Marketplace.Ordering.Pricing;

namespace Marketplace.Ordering.Contracts;

/// <summary>
/// The running agreement a paid order becomes. Whether it is scheduled, running or ended follows from its times, so no
/// loop has to come round for it to end.
/// </summary>
internal sealed class Contract
{
    private readonly List<Destination> _destinations = [];

    private Contract()
    {
    }

    public ContractId Id { get; private init; }

    /// <summary>The order of making, given by the database; lists are paged by it.</summary>
    public long Number { get; private init; }

    public OrderId OrderId { get; private init; }

    public OrganisationId RenterId { get; private init; }

    public OrganisationId SellerId { get; private init; }

    public ListingId ListingId { get; private init; }

    public RigId RigId { get; private init; }

    public Terms Terms { get; private init; } = null!;

    public DateTimeOffset PaidAt { get; private init; }

    public DateTimeOffset StartAt { get; private init; }

    public DateTimeOffset EndAt { get; private set; }

    public DateTimeOffset? FirstJobAt { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>When the last node that has said so let go of the fleet.</summary>
    public DateTimeOffset? ReleasedAt { get; private set; }

    public Outcome? Outcome { get; private set; }

    /// <summary>Of what other services are told: 1, 2, 3, ...</summary>
    public long Version { get; private set; }

    public IReadOnlyList<Destination> Destinations => _destinations;

    /// <exception cref="BusinessRuleException"><c>order-not-paid</c></exception>
    public static Contract Start(Order order, IEnumerable<Destination> destinations, DateTimeOffset startAt)
    {
        if (order is not { Status: OrderStatus.Paid, PaidAt: { } paidAt })
        {
            throw new BusinessRuleException("order-not-paid", "Only a paid order becomes a contract.");
        }

        var contract = new Contract
        {
            Id = order.ContractId,
            OrderId = order.Id,
            RenterId = order.RenterId,
            SellerId = order.SellerId,
            ListingId = order.ListingId,
            RigId = order.RigId,
            Terms = order.Terms,
            PaidAt = paidAt,
            StartAt = startAt,
            EndAt = startAt + order.Terms.Duration,
            Version = 1,
        };
        contract._destinations.AddRange(destinations.Select(destination => destination.Copy()));
        return contract;
    }

    public ContractStatus StatusAt(DateTimeOffset now)
    {
        if (Outcome is not null)
        {
            return ContractStatus.Settled;
        }

        if (ReleasedAt is not null || now >= EndAt)
        {
            return ContractStatus.Ended;
        }

        return now >= StartAt ? ContractStatus.Running : ContractStatus.Scheduled;
    }

    /// <returns>False when it was cancelled before, and nothing has changed.</returns>
    /// <exception cref="BusinessRuleException"><c>contract-ended</c></exception>
    public bool Cancel(DateTimeOffset now)
    {
        if (CancelledAt is not null)
        {
            return false;
        }

        EnsureChangeable(now);
        CancelledAt = now;
        EndAt = now > StartAt ? now : StartAt;
        Version++;
        return true;
    }

    /// <exception cref="BusinessRuleException"><c>contract-ended</c></exception>
    public void EnsureChangeable(DateTimeOffset now)
    {
        if (StatusAt(now) is ContractStatus.Ended or ContractStatus.Settled)
        {
            throw new BusinessRuleException("contract-ended", "This contract has already ended.");
        }
    }

    /// <param name="destinations">Best first; one that is known by its id stays as it is, at its new place.</param>
    /// <param name="now">When it was asked.</param>
    /// <exception cref="BusinessRuleException"><c>contract-ended</c></exception>
    public void ChangeDestinations(IReadOnlyList<Destination> destinations, DateTimeOffset now)
    {
        EnsureChangeable(now);
        _destinations.RemoveAll(known => destinations.All(wanted => wanted.Id != known.Id));
        foreach (var (priority, wanted) in destinations.Index())
        {
            var destination = _destinations.Find(known => known.Id == wanted.Id);
            if (destination is null)
            {
                _destinations.Add(destination = wanted);
            }

            destination.Priority = priority;
        }

        Version++;
    }

    /// <summary>Several nodes may report it, in any order: the earliest counts.</summary>
    public void RecordFirstJob(DateTimeOffset firstJobAt)
    {
        if (FirstJobAt is null || firstJobAt < FirstJobAt)
        {
            FirstJobAt = firstJobAt;
        }
    }

    /// <summary>Several nodes may report it, in any order: the latest counts.</summary>
    public void RecordRelease(DateTimeOffset releasedAt)
    {
        if (ReleasedAt is null || releasedAt > ReleasedAt)
        {
            ReleasedAt = releasedAt;
        }
    }

    /// <summary>Hearing the same outcome again changes nothing.</summary>
    /// <exception cref="BusinessRuleException"><c>contract-not-ended</c>, <c>contract-settled-otherwise</c></exception>
    public void Settle(Outcome outcome, DateTimeOffset now)
    {
        if (Outcome is not null)
        {
            if (Outcome != outcome with { SettledAt = Outcome.SettledAt })
            {
                throw new BusinessRuleException(
                    "contract-settled-otherwise", "This contract was settled with other amounts.");
            }

            return;
        }

        if (StatusAt(now) != ContractStatus.Ended)
        {
            throw new BusinessRuleException("contract-not-ended", "Only a contract that has ended is settled.");
        }

        Outcome = outcome;
    }

    public ContractChanged ToMessage() => new(
        Id.Value,
        OrderId.Value,
        RenterId.Value,
        SellerId.Value,
        RigId.Value,
        Terms.Algorithm,
        Terms.Hashrate.HashesPerSecond,
        StartAt,
        EndAt,
        [.. _destinations.OrderBy(destination => destination.Priority).Select(ToAddress)],
        Version);

    private static PoolAddress ToAddress(Destination destination) => new(
        destination.Id.Value, destination.Url, destination.User, destination.SealedPassword, destination.Priority);
}
