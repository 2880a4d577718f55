using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Billing.Migrations;

[DbContext(typeof(BillingDbContext))]
[Migration("20261121100000_RefusedWork")]
internal sealed class M0002RefusedWork : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE meter_readings
            ADD COLUMN disputed numeric(39,0) NOT NULL DEFAULT 0,
            ADD COLUMN unpaid numeric(39,0) NOT NULL DEFAULT 0,
            ADD COLUMN refused_by_marketplace numeric(39,0) NOT NULL DEFAULT 0;
        ALTER TABLE meter_readings
            ALTER COLUMN disputed DROP DEFAULT,
            ALTER COLUMN unpaid DROP DEFAULT,
            ALTER COLUMN refused_by_marketplace DROP DEFAULT;
        """);
}
