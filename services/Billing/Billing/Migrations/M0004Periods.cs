using Marketplace.Billing.Books;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Billing.Migrations;

[DbContext(typeof(BillingDbContext))]
[Migration("20261129100000_Periods")]
internal sealed class M0004Periods : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(PeriodOfEntries);
        migrationBuilder.Sql(Tables);
        migrationBuilder.Sql(Rules);
        migrationBuilder.RefuseChanges("period_balances");
    }

    /// <summary>What was posted before there were months belongs to that of its fact.</summary>
    private const string PeriodOfEntries = """
        ALTER TABLE entries ADD COLUMN period text;
        GRANT UPDATE ON entries TO CURRENT_USER;
        ALTER TABLE entries DISABLE TRIGGER entries_are_never_changed;
        UPDATE entries SET period = to_char(effective_at AT TIME ZONE 'UTC', 'YYYY-MM');
        ALTER TABLE entries ENABLE TRIGGER entries_are_never_changed;
        REVOKE UPDATE ON entries FROM CURRENT_USER;
        ALTER TABLE entries ALTER COLUMN period SET NOT NULL;
        CREATE INDEX ix_entries_period ON entries (period);
        """;

    private const string Tables = """
        CREATE TABLE periods (
            period text NOT NULL CONSTRAINT pk_periods PRIMARY KEY,
            status text NOT NULL,
            soft_closed_by uuid,
            soft_closed_at timestamptz,
            closed_by uuid,
            closed_at timestamptz,
            balances_hash text,
            signature text,
            block_number bigint
        );

        CREATE TABLE period_balances (
            period text NOT NULL,
            account text NOT NULL,
            currency char(3) NOT NULL,
            units numeric(39,0) NOT NULL,
            CONSTRAINT pk_period_balances PRIMARY KEY (period, account, currency)
        );
        """;

    private const string Rules = """
        CREATE FUNCTION open_period(wanted text, is_by_hand boolean) RETURNS text STABLE LANGUAGE sql AS $$
            SELECT greatest(wanted, to_char(to_date(max(period), 'YYYY-MM') + interval '1 month', 'YYYY-MM'))
            FROM periods WHERE status = 'Closed' OR (status = 'SoftClosed' AND NOT is_by_hand)
        $$;

        CREATE FUNCTION refuse_closed_periods() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM inserted WHERE period <= (SELECT max(period) FROM periods WHERE status = 'Closed'))
            THEN
                RAISE EXCEPTION 'The period is closed'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_period_is_open';
            END IF;
            RETURN NULL;
        END $$;

        CREATE TRIGGER entries_period_is_open AFTER INSERT ON entries
            REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION refuse_closed_periods();

        CREATE FUNCTION refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.status = 'Closed' THEN
                RAISE EXCEPTION 'Period % is closed for good', OLD.period USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$;

        CREATE TRIGGER periods_stay_closed BEFORE UPDATE OR DELETE ON periods
            FOR EACH ROW EXECUTE FUNCTION refuse_reopening();
        """;
}
