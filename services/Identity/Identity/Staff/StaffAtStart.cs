using Marketplace.Identity.Accounts;
using Marketplace.Identity.Database;
using Marketplace.Identity.Organisations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.Identity.Staff;

/// <summary>
/// Makes the accounts of the operator's own people that configuration names and that do not exist yet.
/// </summary>
internal sealed class StaffAtStart(
    IServiceScopeFactory scopes,
    IOptions<IdentityServiceOptions> options,
    TimeProvider time,
    ILogger<StaffAtStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var member in options.Value.Staff)
        {
            await using var scope = scopes.CreateAsyncScope();
            await EnsureAsync(
                member,
                scope.ServiceProvider.GetRequiredService<AccountDbContext>(),
                scope.ServiceProvider.GetRequiredService<AccountOpening>(),
                scope.ServiceProvider.GetRequiredService<ILookupNormalizer>(),
                cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EnsureAsync(
        StaffMember member,
        AccountDbContext db,
        AccountOpening opening,
        ILookupNormalizer normalizer,
        CancellationToken cancellationToken)
    {
        var email = normalizer.NormalizeEmail(member.Email);
        if (await db.Accounts.AnyAsync(account => account.NormalizedEmail == email, cancellationToken))
        {
            return;
        }

        var organisation = await OperatorAsync(db, member, cancellationToken);
        try
        {
            await opening.OpenAsync(Account.Create(member.Email, organisation, member.Role, time), member.Password);
            logger.LogInformation("Made an account with the role {Role} from the configuration", member.Role);
        }
        catch (BusinessRuleException taken) when (taken.Code == AccountOpening.EmailTaken)
        {
            logger.LogDebug("Another process made the account first");
        }
    }

    private async Task<Organisation> OperatorAsync(
        AccountDbContext db, StaffMember member, CancellationToken cancellationToken)
    {
        var known = await db.Organisations.SingleOrDefaultAsync(
            organisation => organisation.Kind == OrganisationKind.Operator, cancellationToken);
        if (known is not null)
        {
            return known;
        }

        var settings = options.Value;
        var made = Organisation.CreateOperator(settings.OperatorName, settings.OperatorCountryCode, member.Email, time);
        db.Organisations.Add(made);
        db.Publish(made.ToMessage());
        return made;
    }
}
