using Marketplace.HashrateProxy.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.HashrateProxy.Migrations;

[DbContext(typeof(ProxyDbContext))]
[Migration("0004_node_addresses")]
internal sealed class NodeAddresses : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE node (
            node_name text NOT NULL,
            address text NOT NULL,
            seen_at timestamptz NOT NULL,
            CONSTRAINT pk_node PRIMARY KEY (node_name)
        );
        """);
}
