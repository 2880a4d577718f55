using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Marketplace.ServiceDefaults.Database;

/// <summary>Tables, columns, keys and indexes in snake_case, where nothing else was said.</summary>
internal sealed class SnakeCaseConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(
        IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.BaseType is null && entity.FindOwnership() is not { IsUnique: true })
            {
                entity.Builder.ToTable(Snake(entity.GetTableName()));
            }

            RenameColumns(entity, prefix: "");
        }

        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            RenameConstraints(entity);
        }
    }

    /// <param name="prefix">
    /// The complex properties on the way: <c>Price</c> has <c>price_units</c> and <c>price_currency</c>.
    /// </param>
    private static void RenameColumns(IConventionTypeBase type, string prefix)
    {
        foreach (var property in type.GetDeclaredProperties())
        {
            property.Builder.HasColumnName(Snake(prefix + property.GetColumnName()));
        }

        foreach (var complex in type.GetDeclaredComplexProperties())
        {
            RenameColumns(complex.ComplexType, $"{prefix}{complex.Name}_");
        }
    }

    private static void RenameConstraints(IConventionEntityType entity)
    {
        foreach (var key in entity.GetDeclaredKeys())
        {
            key.Builder.HasName(Snake(key.GetName()));
        }

        foreach (var foreignKey in entity.GetDeclaredForeignKeys())
        {
            foreignKey.Builder.HasConstraintName(Snake(foreignKey.GetConstraintName()));
        }

        foreach (var index in entity.GetDeclaredIndexes())
        {
            index.Builder.HasDatabaseName(Snake(index.GetDatabaseName()));
        }
    }

    private static string? Snake(string? name) =>
        name is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(name)
            .Replace("__", "_", StringComparison.Ordinal);
}
