using Marketplace.Messages.HashrateProxy;
using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.Ordering.Messaging;

internal sealed class ContractStartedConsumer(OrderingDbContext db) : IMessageConsumer<ContractStarted>
{
    public async Task ConsumeAsync(ContractStarted message, CancellationToken cancellationToken)
    {
        var contract = await db.TakeContractAsync(new ContractId(message.ContractId), cancellationToken);
        contract.RecordFirstJob(message.FirstJobAt);
    }
}
