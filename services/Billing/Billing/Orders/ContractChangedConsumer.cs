using Marketplace.Billing.Settling;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Billing.Orders;

/// <summary>When the contract runs. One that is settled already stays as it is.</summary>
internal sealed class ContractChangedConsumer(BillingDbContext context, IOptions<SettlementOptions> options)
    : IMessageConsumer<ContractChanged>
{
    public async Task ConsumeAsync(ContractChanged message, CancellationToken cancellationToken)
    {
        var contractId = new ContractId(message.ContractId);
        var order = await context.Orders.SingleOrDefaultAsync(
            billed => billed.ContractId == contractId, cancellationToken)
            ?? throw new InvalidOperationException(
                $"Contract {contractId} runs although its order was never placed here.");
        if (order.Status != BillingStatus.Settled)
        {
            order.Run(message.StartAt, message.EndAt, options.Value.AccrualInterval);
        }
    }
}
