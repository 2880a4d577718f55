using Marketplace.Messages.HashrateProxy;
using Marketplace.Messages.Ordering;

namespace Marketplace.Billing.Tests.Service;

/// <summary>A contract as the services around Billing tell of it.</summary>
public sealed class TestContract
{
    private const ulong HashesPerSecond = 1_000_000_000;
    private const int DurationSeconds = 36_000;
    private long _version;

    public static UInt128 HashesPerMinute { get; } = HashesPerSecond * 60;

    public static Work Promised { get; } = new((UInt128)HashesPerSecond * DurationSeconds);

    public required OrderId Order { get; init; }

    public required ContractId Contract { get; init; }

    public required OrganisationId Renter { get; init; }

    public required OrganisationId Seller { get; init; }

    public DateTimeOffset StartAt { get; set; }

    public static TestContract New(TimeProvider time) => new()
    {
        Order = TypedId.New<OrderId>(time),
        Contract = TypedId.New<ContractId>(time),
        Renter = TypedId.New<OrganisationId>(time),
        Seller = TypedId.New<OrganisationId>(time),
    };

    public OrderPlaced ToOrderPlaced(DateTimeOffset at) => new(
        Order.Value, Contract.Value, Renter.Value, Seller.Value, Guid.CreateVersion7(at), "A fleet in the north",
        "sha256d", HashesPerSecond, DurationSeconds, Promised.Hashes, 100 * Money.UnitsPerWhole,
        4 * Money.UnitsPerWhole, 20_80 * Money.UnitsPerMinor, "USD", 400, 200, 2_000, at, at.AddMinutes(15));

    public ContractChanged ToContractChanged(DateTimeOffset endAt) => new(
        Contract.Value, Order.Value, Renter.Value, Seller.Value, Guid.CreateVersion7(StartAt), "sha256d",
        HashesPerSecond, StartAt, endAt, [], ++_version);

    public MeterReading Reading(string node, long sequence, int minute, UInt128 hashes, int revision = 0) => new(
        Contract.Value, node, sequence, StartAt.AddMinutes(minute), revision, HashesPerMinute, hashes,
        new MissingWork(hashes < HashesPerMinute ? HashesPerMinute - hashes : 0, 0, 0, 0),
        [new WorkerReading("farm.rig.1", hashes, 100, new Dictionary<string, RejectedReading>())],
        new PoolAnswers(90, 1, 0), RefusedWork.None, false);
}
