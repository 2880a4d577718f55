using Marketplace.Billing.Books;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Billing.Migrations;

[DbContext(typeof(BillingDbContext))]
[Migration("20261129000000_Journal")]
internal sealed class M0003Journal : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Tables);
        migrationBuilder.RefuseChanges("journal_places");
        migrationBuilder.RefuseChanges("journal_blocks");
    }

    private const string Tables = """
        ALTER TABLE entries ADD COLUMN transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id();
        CREATE INDEX ix_entries_transaction_id_sequence ON entries (transaction_id, sequence);

        CREATE TABLE journal_places (
            position bigint NOT NULL CONSTRAINT pk_journal_places PRIMARY KEY,
            entry_id uuid NOT NULL
        );
        CREATE UNIQUE INDEX ix_journal_places_entry_id ON journal_places (entry_id);

        CREATE TABLE journal_blocks (
            number bigint NOT NULL CONSTRAINT pk_journal_blocks PRIMARY KEY,
            first_position bigint NOT NULL,
            entry_count integer NOT NULL,
            entries_hash text NOT NULL,
            previous_hash text NOT NULL,
            sealed_at timestamptz NOT NULL,
            hash text NOT NULL,
            signature text NOT NULL
        );
        """;
}
