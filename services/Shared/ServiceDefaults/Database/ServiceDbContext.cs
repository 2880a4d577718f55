using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Marketplace.ServiceDefaults.Database;

/// <summary>
/// A service's database: snake_case names, typed ids as uuid, work and money as numeric(39,0), instants in UTC, enums
/// as text, <c>Money</c> as two columns; and the outbox, so that a message leaves exactly when the change that caused
/// it is committed.
/// </summary>
public abstract class ServiceDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>True from a saved outbox row until the commit that carries it has been signalled.</summary>
    internal bool HasUnsignalledMessages { get; set; }

    /// <summary>
    /// Puts a message in the outbox: it leaves with the next <c>SaveChanges</c> that commits, and never without it.
    /// </summary>
    public void Publish<TMessage>(TMessage message)
        where TMessage : class
    {
        ArgumentNullException.ThrowIfNull(message);
        var now = this.GetService<TimeProvider>().GetUtcNow();
        Set<OutboxMessage>().Add(OutboxMessage.Of(message, now));
    }

    /// <summary>The service's own tables.</summary>
    protected abstract void ConfigureModel(ModelBuilder model);

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        MessagingModel.Configure(modelBuilder);
        ConfigureModel(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ServiceConventions.Configure(configurationBuilder);
    }
}
