using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Marketplace.ServiceDefaults.Database;

/// <summary>
/// Hand-written migrations are true when the schema they make is the schema of the model: tables, columns, constraints
/// and indexes, read back from PostgreSQL's own catalogue. Triggers, functions and grants are not compared.
/// </summary>
public static class SchemaComparison
{
    private const string Catalogue = """
        WITH tables AS (
            SELECT oid, relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> $1
        )
        SELECT format('column %s.%s %s%s%s%s', relname, attname, format_type(atttypid, atttypmod),
                CASE WHEN attnotnull THEN ' not null' ELSE '' END,
                CASE attidentity WHEN '' THEN '' ELSE ' identity ' || attidentity::text END,
                coalesce(' default ' || pg_get_expr(adbin, adrelid), ''))
        FROM tables JOIN pg_attribute ON attrelid = tables.oid
        LEFT JOIN pg_attrdef ON adrelid = tables.oid AND adnum = attnum
        WHERE attnum > 0 AND NOT attisdropped
        UNION ALL
        SELECT format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
        FROM tables JOIN pg_constraint ON conrelid = tables.oid WHERE contype <> 'n'
        UNION ALL
        SELECT 'index ' || pg_get_indexdef(indexrelid) FROM tables JOIN pg_index ON indrelid = tables.oid
        ORDER BY 1
        """;

    /// <summary>Migrates one empty database, creates the model in another, and compares them.</summary>
    /// <param name="create"><c>options => new CatalogDbContext(options)</c></param>
    /// <returns>What only one of them has; empty when they are equal.</returns>
    public static async Task<IReadOnlyList<string>> DifferencesAsync<TDbContext>(
        string service,
        string emptyDatabase,
        string otherEmptyDatabase,
        Func<DbContextOptions<TDbContext>, TDbContext> create,
        CancellationToken cancellationToken)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(create);
        await using var migrated = create(OptionsFor<TDbContext>(service, emptyDatabase));
        await migrated.Database.MigrateAsync(cancellationToken);
        await using var modelled = create(OptionsFor<TDbContext>(service, otherEmptyDatabase));
        await modelled.Database.ExecuteSqlRawAsync(
            modelled.Database.GenerateCreateScript().Replace("{", "{{", StringComparison.Ordinal)
                .Replace("}", "}}", StringComparison.Ordinal),
            cancellationToken);

        var byMigrations = await ReadAsync(migrated.Database, service, cancellationToken);
        var byModel = await ReadAsync(modelled.Database, service, cancellationToken);
        return
        [
            .. byMigrations.Except(byModel).Select(line => "only by migrations: " + line),
            .. byModel.Except(byMigrations).Select(line => "only by the model: " + line),
        ];
    }

    private static DbContextOptions<TDbContext> OptionsFor<TDbContext>(string service, string connectionString)
        where TDbContext : DbContext =>
        new DbContextOptionsBuilder<TDbContext>()
            .UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable(MigrationsHistory.TableOf(service)))
            .Options;

    private static async Task<List<string>> ReadAsync(
        DatabaseFacade database, string service, CancellationToken cancellationToken)
    {
        await database.OpenConnectionAsync(cancellationToken);
        await using var command = database.GetDbConnection().CreateCommand();
        command.CommandText = Catalogue;
        var history = command.CreateParameter();
        history.Value = MigrationsHistory.TableOf(service);
        command.Parameters.Add(history);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
