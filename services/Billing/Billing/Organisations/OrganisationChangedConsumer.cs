using Marketplace.Messages.Identity;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.Billing.Organisations;

internal sealed class OrganisationChangedConsumer(BillingDbContext context) : IMessageConsumer<OrganisationChanged>
{
    public async Task ConsumeAsync(OrganisationChanged message, CancellationToken cancellationToken)
    {
        var id = new OrganisationId(message.OrganisationId);
        var known = await context.Organisations.FindAsync([id], cancellationToken);
        if (known is null)
        {
            context.Organisations.Add(new BilledOrganisation
            {
                Id = id,
                Name = message.Name,
                CountryCode = message.CountryCode,
                BillingEmail = message.BillingEmail,
            });
            return;
        }

        (known.Name, known.CountryCode, known.BillingEmail) = (message.Name, message.CountryCode, message.BillingEmail);
    }
}
