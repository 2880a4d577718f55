using Marketplace.Messages.Billing;
using Marketplace.Ordering.Contracts;
using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.Ordering.Messaging;

internal sealed class ContractSettledConsumer(OrderingDbContext db, TimeProvider time)
    : IMessageConsumer<ContractSettled>
{
    public async Task ConsumeAsync(ContractSettled message, CancellationToken cancellationToken)
    {
        var contract = await db.TakeContractAsync(new ContractId(message.ContractId), cancellationToken);
        var currency = Currency.Of(message.Currency);
        var outcome = new Outcome
        {
            ProvedWork = new Work(message.ProvedHashes),
            Earned = new Money(message.EarnedUnits, currency),
            Returned = new Money(message.ReturnedUnits, currency),
            SettledAt = message.SettledAt,
        };
        contract.Settle(outcome, Later(time.GetUtcNow(), message.SettledAt));
    }

    /// <summary>Billing's clock may be ahead of ours by a little.</summary>
    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
