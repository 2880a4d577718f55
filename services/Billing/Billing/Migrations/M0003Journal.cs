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
        migrationBuilder.Sql(OneCheckAnEntry);
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

    /// <summary>
    /// A posting is only taken in the transaction of its entry; so one look at the entry, when that transaction
    /// commits, sees all its postings, where there was one look for each of them.
    /// </summary>
    private const string OneCheckAnEntry = """
        DROP TRIGGER postings_balance ON postings;

        CREATE OR REPLACE FUNCTION entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (SELECT coalesce(bool_and(total = 0), false) FROM (
                    SELECT sum(units) AS total FROM postings WHERE entry_id = NEW.id GROUP BY currency) currencies)
            THEN
                RETURN NULL;
            END IF;
            RAISE EXCEPTION 'Entry % does not balance', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_balance';
        END $$;

        CREATE FUNCTION postings_belong() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM inserted LEFT JOIN entries ON entries.id = inserted.entry_id
                WHERE entries.transaction_id IS DISTINCT FROM pg_current_xact_id())
            THEN
                RAISE EXCEPTION 'A posting belongs to no entry of its transaction'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_balance';
            END IF;
            RETURN NULL;
        END $$;

        CREATE TRIGGER postings_belong AFTER INSERT ON postings
            REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION postings_belong();
        """;
}
