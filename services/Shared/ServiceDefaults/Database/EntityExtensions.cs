using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.ServiceDefaults.Database;

public static class EntityExtensions
{
    /// <summary>
    /// Optimistic concurrency by PostgreSQL's own row version: a save over somebody else's change fails, and answers
    /// 409 <c>changed-meanwhile</c>. Needs no column in a migration.
    /// </summary>
    public static void HasRowVersion<TEntity>(this EntityTypeBuilder<TEntity> entity)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.Property<uint>("xmin").HasColumnName("xmin").HasColumnType("xid").IsRowVersion();
    }
}
