using Marketplace.Identity.Accounts;
using Marketplace.Identity.DataProtection;
using Marketplace.Identity.Organisations;
using Marketplace.Identity.Sessions;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Identity.Database;

/// <summary>
/// Maps the framework's account itself, since a context with an outbox cannot also derive from the framework's.
/// </summary>
internal sealed class AccountDbContext(DbContextOptions<AccountDbContext> options) : ServiceDbContext(options)
{
    public const string AccountEmailIndex = "ix_accounts_normalized_email";

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<StoredKey> StoredKeys => Set<StoredKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        ServiceConventions.ConfigureId<SessionId>(configurationBuilder);
    }

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Entity<Organisation>(organisation =>
        {
            organisation.ToTable("organisations");
            organisation.HasIndex(own => own.Kind).IsUnique().HasFilter("kind = 'Operator'");
            organisation.HasRowVersion();
        });
        model.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.Ignore(own => own.PhoneNumber).Ignore(own => own.PhoneNumberConfirmed).Ignore(own => own.AccountId);
            account.Property(own => own.Id).ValueGeneratedNever();
            account.Property(own => own.Email).IsRequired();
            account.Property(own => own.NormalizedEmail).IsRequired();
            account.Property(own => own.ConcurrencyStamp).IsConcurrencyToken();
            account.HasIndex(own => own.NormalizedEmail).IsUnique().HasDatabaseName(AccountEmailIndex);
            account.HasOne<Organisation>().WithMany().HasForeignKey(own => own.OrganisationId)
                .OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Session>(session =>
        {
            session.ToTable("sessions");
            session.HasIndex(own => own.AccountId);
            session.HasOne<Account>().WithMany().HasForeignKey(own => own.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<StoredKey>(key =>
        {
            key.ToTable("data_protection_keys");
            key.Property(own => own.Id).ValueGeneratedNever();
        });
    }
}
