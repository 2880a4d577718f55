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

            RenameColumns(entity);
        }

        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            RenameConstraints(entity);
        }
    }

    private static void RenameColumns(IConventionTypeBase type)
    {
        foreach (var property in type.GetDeclaredProperties())
        {
            property.Builder.HasColumnName(Snake(property.GetColumnName()));
        }

        foreach (var complex in type.GetDeclaredComplexProperties())
        {
            RenameColumns(complex.ComplexType);
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
        name is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace("__", "_", StringComparison.Ordinal);
}
