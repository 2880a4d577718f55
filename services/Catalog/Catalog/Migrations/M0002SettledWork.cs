using Marketplace.Catalog.Database;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Catalog.Migrations;

[DbContext(typeof(CatalogDbContext))]
[Migration("0002_settled_work")]
internal sealed class M0002SettledWork : Migration
{
    /// <summary>Minutes that were told before are taken as settled: they were shown so.</summary>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE rig_minutes ADD settled_work numeric(39,0), ADD settled_worker_count integer;
        UPDATE rig_minutes SET settled_work = accepted_work, settled_worker_count = worker_count;
        ALTER TABLE rig_minutes
            ALTER settled_work SET NOT NULL, ALTER settled_worker_count SET NOT NULL;
        """);
}
