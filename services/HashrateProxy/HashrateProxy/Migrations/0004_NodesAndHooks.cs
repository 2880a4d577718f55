using Marketplace.HashrateProxy.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.HashrateProxy.Migrations;

[DbContext(typeof(ProxyDbContext))]
[Migration("0004_nodes_and_hooks")]
internal sealed class NodesAndHooks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE node (
            node_name text NOT NULL,
            address text NOT NULL,
            seen_at timestamptz NOT NULL,
            CONSTRAINT pk_node PRIMARY KEY (node_name)
        );
        CREATE TABLE head_hook (
            id uuid NOT NULL,
            organisation_id uuid NOT NULL,
            url text NOT NULL,
            sealed_secret text NOT NULL,
            created_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL,
            failed_attempts integer NOT NULL,
            failing_since_at timestamptz,
            last_error text,
            last_delivered_at timestamptz,
            switched_off_at timestamptz,
            CONSTRAINT pk_head_hook PRIMARY KEY (id)
        );
        CREATE INDEX ix_head_hook_organisation_id ON head_hook (organisation_id);
        CREATE INDEX ix_head_hook_due_at ON head_hook (due_at);
        CREATE TABLE waiting_head (
            hook_id uuid NOT NULL,
            contract_id uuid NOT NULL,
            node_name text NOT NULL,
            index bigint NOT NULL,
            CONSTRAINT pk_waiting_head PRIMARY KEY (hook_id, contract_id, node_name, index),
            CONSTRAINT fk_waiting_head_head_hook_hook_id FOREIGN KEY (hook_id)
                REFERENCES head_hook (id) ON DELETE CASCADE
        );
        """);
}
