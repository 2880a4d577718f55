using Marketplace.HashrateProxy.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.HashrateProxy.Migrations;

[DbContext(typeof(ProxyDbContext))]
[Migration("0003_nodes")]
internal sealed class Nodes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE node_route (
            contract_id uuid NOT NULL,
            node_name text NOT NULL,
            first_job_at timestamptz,
            released_at timestamptz,
            CONSTRAINT pk_node_route PRIMARY KEY (contract_id, node_name)
        );
        INSERT INTO node_route (contract_id, node_name, first_job_at, released_at)
            SELECT DISTINCT contract_id, node_name, first_job_at, released_at
            FROM route JOIN sealed_reading USING (contract_id);
        ALTER TABLE route DROP COLUMN first_job_at, DROP COLUMN released_at;
        CREATE TABLE route_split (
            contract_id uuid NOT NULL,
            from_at timestamptz NOT NULL,
            parts jsonb NOT NULL,
            CONSTRAINT pk_route_split PRIMARY KEY (contract_id, from_at)
        );
        CREATE TABLE node_rig (
            rig_id uuid NOT NULL,
            node_name text NOT NULL,
            connected numeric(39,0) NOT NULL,
            seen_at timestamptz NOT NULL,
            CONSTRAINT pk_node_rig PRIMARY KEY (rig_id, node_name)
        );
        """);
}
