using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.Billing.Metering;

internal sealed class ContractNodeClosedConsumer(BillingDbContext context) : IMessageConsumer<ContractNodeClosed>
{
    public async Task ConsumeAsync(ContractNodeClosed message, CancellationToken cancellationToken)
    {
        var contractId = new ContractId(message.ContractId);
        var known = await context.NodeClosings.FindAsync([contractId, message.NodeName], cancellationToken);
        if (known is null)
        {
            context.NodeClosings.Add(new NodeClosing
            {
                ContractId = contractId,
                NodeName = message.NodeName,
                LastSequence = message.LastSequence,
                ReleasedAt = message.ReleasedAt,
            });
        }
        else if (known.LastSequence != message.LastSequence)
        {
            throw new ReadingRefusedException(
                $"Node '{message.NodeName}' closed contract {contractId} twice, at {known.LastSequence} and at "
                + $"{message.LastSequence}.");
        }
    }
}
