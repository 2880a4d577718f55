using Marketplace.HashrateProxy.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.HashrateProxy.Migrations;

[DbContext(typeof(ProxyDbContext))]
[Migration("0002_minute_heads")]
internal sealed class MinuteHeads : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE minute_head (
            contract_id uuid NOT NULL,
            node_name text NOT NULL,
            index bigint NOT NULL,
            minute_at timestamptz NOT NULL,
            is_last boolean NOT NULL,
            body bytea NOT NULL,
            signature bytea NOT NULL,
            CONSTRAINT pk_minute_head PRIMARY KEY (contract_id, node_name, index)
        );
        CREATE INDEX ix_minute_head_contract_id_minute_at ON minute_head (contract_id, minute_at);
        CREATE INDEX ix_minute_head_node_name_minute_at ON minute_head (node_name, minute_at);
        """);
}
