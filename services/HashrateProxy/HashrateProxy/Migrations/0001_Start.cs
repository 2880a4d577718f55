using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.HashrateProxy.Migrations;

[DbContext(typeof(ProxyDbContext))]
[Migration("0001_start")]
internal sealed class Start : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables();
        migrationBuilder.Sql("""
            CREATE TABLE rig (
                id uuid NOT NULL,
                seller_id uuid NOT NULL,
                desired jsonb NOT NULL,
                version bigint NOT NULL,
                CONSTRAINT pk_rig PRIMARY KEY (id)
            );
            CREATE TABLE route (
                contract_id uuid NOT NULL,
                renter_id uuid NOT NULL,
                seller_id uuid NOT NULL,
                desired jsonb NOT NULL,
                version bigint NOT NULL,
                first_job_at timestamptz,
                released_at timestamptz,
                CONSTRAINT pk_route PRIMARY KEY (contract_id)
            );
            CREATE INDEX ix_route_released_at ON route (released_at);
            CREATE TABLE sealed_reading (
                node_name text NOT NULL,
                sequence bigint NOT NULL,
                contract_id uuid NOT NULL,
                minute_at timestamptz NOT NULL,
                accepted_work numeric(39,0) NOT NULL,
                payload bytea NOT NULL,
                signature bytea NOT NULL,
                sealed_at timestamptz NOT NULL,
                acknowledged_at timestamptz,
                CONSTRAINT pk_sealed_reading PRIMARY KEY (node_name, sequence)
            );
            CREATE INDEX ix_sealed_reading_contract_id_node_name ON sealed_reading (contract_id, node_name);
            """);
    }
}
