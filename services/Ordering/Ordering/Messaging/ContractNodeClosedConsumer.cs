using Marketplace.Messages.HashrateProxy;
using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.Ordering.Messaging;

internal sealed class ContractNodeClosedConsumer(OrderingDbContext db) : IMessageConsumer<ContractNodeClosed>
{
    public async Task ConsumeAsync(ContractNodeClosed message, CancellationToken cancellationToken)
    {
        var contract = await db.TakeContractAsync(new ContractId(message.ContractId), cancellationToken);
        contract.RecordRelease(message.ReleasedAt);
    }
}
