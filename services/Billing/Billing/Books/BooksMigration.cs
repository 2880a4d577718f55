using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Billing.Books;

/// <summary>The books and the rules that the database itself keeps about them.</summary>
internal static class BooksMigration
{
    /// <summary>The constraint that refuses to owe less than nothing.</summary>
    public const string NeverInDebit = "ck_guarded_balances_never_in_debit";

    public static void CreateBooks(this MigrationBuilder migration)
    {
        migration.Sql(Tables);
        migration.Sql(ZeroSum);
        migration.Sql(Guards);
        migration.RefuseChanges("entries");
        migration.RefuseChanges("postings");
    }

    /// <summary>
    /// Refuses UPDATE, DELETE and TRUNCATE by trigger, for every role; and takes the rights from the role that owns the
    /// table, so that a service's own role would have to give them to itself first.
    /// </summary>
    public static void RefuseChanges(this MigrationBuilder migration, string table) => migration.Sql($"""
        CREATE TRIGGER {table}_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_changes();
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM CURRENT_USER, PUBLIC;
        """);

    private const string Tables = $"""
        CREATE TABLE entries (
            id uuid NOT NULL,
            sequence bigint GENERATED ALWAYS AS IDENTITY,
            key text NOT NULL,
            description text NOT NULL,
            contract_id uuid,
            effective_at timestamptz NOT NULL,
            posted_at timestamptz NOT NULL,
            content_hash bytea NOT NULL,
            CONSTRAINT pk_entries PRIMARY KEY (id)
        );
        CREATE UNIQUE INDEX ix_entries_key ON entries (key);
        CREATE UNIQUE INDEX ix_entries_sequence ON entries (sequence);
        CREATE INDEX ix_entries_contract_id_sequence ON entries (contract_id, sequence);

        CREATE TABLE postings (
            entry_id uuid NOT NULL,
            line integer NOT NULL,
            account text NOT NULL,
            currency char(3) NOT NULL,
            units numeric(39,0) NOT NULL,
            CONSTRAINT pk_postings PRIMARY KEY (entry_id, line)
        );
        CREATE INDEX ix_postings_account ON postings (account);

        CREATE TABLE guarded_balances (
            account text NOT NULL,
            currency char(3) NOT NULL,
            units numeric(39,0) NOT NULL,
            CONSTRAINT pk_guarded_balances PRIMARY KEY (account, currency),
            CONSTRAINT {NeverInDebit} CHECK (units <= 0)
        );
        """;

    private const string ZeroSum = """
        CREATE FUNCTION refuse_changes() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;

        CREATE FUNCTION entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            entry uuid;
        BEGIN
            IF TG_TABLE_NAME = 'entries' THEN
                entry := NEW.id;
            ELSE
                entry := NEW.entry_id;
            END IF;

            IF NOT EXISTS (SELECT FROM entries WHERE id = entry)
                OR NOT EXISTS (SELECT FROM postings WHERE entry_id = entry)
                OR EXISTS (SELECT FROM postings WHERE entry_id = entry GROUP BY currency HAVING sum(units) <> 0)
            THEN
                RAISE EXCEPTION 'Entry % does not balance', entry
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_balance';
            END IF;
            RETURN NULL;
        END $$;

        CREATE CONSTRAINT TRIGGER entries_balance AFTER INSERT ON entries
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_balances();
        CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT ON postings
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_balances();
        """;

    /// <summary>
    /// Rows first, then locks in order, then sums: an upsert would hold the posted amount alone against the constraint.
    /// </summary>
    private const string Guards = """
        CREATE FUNCTION is_guarded(account text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
            SELECT account ~ '^Liabilities:(Renter:[^:]+:Balance|Held:[^:]+|Seller:[^:]+:(Accrued|Payable))$'
        $$;

        CREATE FUNCTION move_guarded_balances() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO guarded_balances (account, currency, units)
                SELECT DISTINCT account, currency, 0 FROM inserted WHERE is_guarded(account)
                ORDER BY account, currency
                ON CONFLICT DO NOTHING;
            PERFORM FROM guarded_balances balance
                WHERE EXISTS (SELECT FROM inserted moved
                    WHERE moved.account = balance.account AND moved.currency = balance.currency)
                ORDER BY balance.account, balance.currency
                FOR UPDATE;
            UPDATE guarded_balances balance SET units = balance.units + moved.units
                FROM (SELECT account, currency, sum(units) AS units FROM inserted GROUP BY account, currency) moved
                WHERE moved.account = balance.account AND moved.currency = balance.currency;
            RETURN NULL;
        END $$;

        CREATE TRIGGER postings_move_guarded_balances AFTER INSERT ON postings
            REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION move_guarded_balances();
        """;
}
