using Marketplace.Billing.Books;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Billing.Migrations;

[DbContext(typeof(BillingDbContext))]
[Migration("20261121000000_Start")]
internal sealed class M0001Start : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables();
        migrationBuilder.CreateBooks();
        migrationBuilder.Sql(Orders);
        migrationBuilder.Sql(Payments);
        migrationBuilder.Sql(Documents);
        migrationBuilder.Sql(Metering);
        migrationBuilder.RefuseChanges("documents");
        migrationBuilder.RefuseChanges("document_lines");
    }

    private const string Orders = """
        CREATE TABLE organisations (
            id uuid NOT NULL CONSTRAINT pk_organisations PRIMARY KEY,
            name text NOT NULL,
            country_code text NOT NULL,
            billing_email text NOT NULL
        );

        CREATE TABLE orders (
            id uuid NOT NULL CONSTRAINT pk_orders PRIMARY KEY,
            contract_id uuid NOT NULL,
            renter_id uuid NOT NULL,
            seller_id uuid NOT NULL,
            listing_title text NOT NULL,
            algorithm text NOT NULL,
            hashrate numeric(39,0) NOT NULL,
            duration_seconds integer NOT NULL,
            promised_work numeric(39,0) NOT NULL,
            currency char(3) NOT NULL,
            price_units numeric(39,0) NOT NULL,
            renter_fee_units numeric(39,0) NOT NULL,
            vat_units numeric(39,0) NOT NULL,
            renter_fee_basis_points integer NOT NULL,
            seller_fee_basis_points integer NOT NULL,
            vat_basis_points integer NOT NULL,
            placed_at timestamptz NOT NULL,
            pay_before_at timestamptz NOT NULL,
            status text NOT NULL,
            paid_at timestamptz,
            provider_payment_id text,
            start_at timestamptz,
            end_at timestamptz,
            accrued_through_at timestamptz,
            next_accrual_at timestamptz,
            settled_at timestamptz
        );
        CREATE UNIQUE INDEX ix_orders_contract_id ON orders (contract_id);
        CREATE INDEX ix_orders_next_accrual_at ON orders (next_accrual_at) WHERE status = 'Held';
        """;

    private const string Payments = """
        CREATE TABLE charge_attempts (
            id uuid NOT NULL CONSTRAINT pk_charge_attempts PRIMARY KEY,
            order_id uuid NOT NULL,
            source text NOT NULL,
            made_at timestamptz NOT NULL,
            status text NOT NULL,
            provider_payment_id text,
            recorded_at timestamptz
        );
        CREATE UNIQUE INDEX ix_charge_attempts_order_id ON charge_attempts (order_id) WHERE status = 'Intended';

        CREATE TABLE refunds (
            id uuid NOT NULL CONSTRAINT pk_refunds PRIMARY KEY,
            contract_id uuid NOT NULL,
            renter_id uuid NOT NULL,
            seller_id uuid NOT NULL,
            provider_payment_id text NOT NULL,
            currency char(3) NOT NULL,
            units numeric(39,0) NOT NULL,
            asked_at timestamptz NOT NULL,
            status text NOT NULL,
            provider_refund_id text,
            returned_at timestamptz
        );
        CREATE INDEX ix_refunds_asked_at ON refunds (asked_at) WHERE status = 'Intended';

        CREATE TABLE sandbox_calls (
            idempotency_key text NOT NULL CONSTRAINT pk_sandbox_calls PRIMARY KEY,
            subject text NOT NULL,
            currency char(3) NOT NULL,
            units numeric(39,0) NOT NULL,
            is_accepted boolean NOT NULL,
            made_at timestamptz NOT NULL
        );
        """;

    private const string Documents = """
        CREATE TABLE documents (
            id uuid NOT NULL CONSTRAINT pk_documents PRIMARY KEY,
            kind text NOT NULL,
            number text NOT NULL,
            contract_id uuid NOT NULL,
            renter_id uuid NOT NULL,
            issued_to text NOT NULL,
            currency char(3) NOT NULL,
            net_units numeric(39,0) NOT NULL,
            vat_basis_points integer NOT NULL,
            vat_units numeric(39,0) NOT NULL,
            total_units numeric(39,0) NOT NULL,
            corrects_number text,
            issued_at timestamptz NOT NULL
        );
        CREATE UNIQUE INDEX ix_documents_number ON documents (number);
        CREATE INDEX ix_documents_contract_id ON documents (contract_id);

        CREATE TABLE document_lines (
            document_id uuid NOT NULL,
            line integer NOT NULL,
            text text NOT NULL,
            units numeric(39,0) NOT NULL,
            CONSTRAINT pk_document_lines PRIMARY KEY (document_id, line)
        );

        CREATE TABLE document_series (
            prefix text NOT NULL,
            year integer NOT NULL,
            last_number bigint NOT NULL,
            CONSTRAINT pk_document_series PRIMARY KEY (prefix, year)
        );
        """;

    private const string Metering = """
        CREATE TABLE meter_readings (
            contract_id uuid NOT NULL,
            minute_at timestamptz NOT NULL,
            node_name text NOT NULL,
            revision integer NOT NULL,
            sequence bigint NOT NULL,
            promised numeric(39,0) NOT NULL,
            accepted numeric(39,0) NOT NULL,
            missing_by_seller numeric(39,0) NOT NULL,
            missing_by_renter numeric(39,0) NOT NULL,
            missing_by_pool numeric(39,0) NOT NULL,
            missing_by_marketplace numeric(39,0) NOT NULL,
            is_last boolean NOT NULL,
            payload bytea NOT NULL,
            signature bytea NOT NULL,
            received_at timestamptz NOT NULL,
            CONSTRAINT pk_meter_readings PRIMARY KEY (contract_id, minute_at, node_name, revision)
        );
        CREATE UNIQUE INDEX ix_meter_readings_node_name_sequence ON meter_readings (node_name, sequence);

        CREATE TABLE metering_nodes (
            name text NOT NULL CONSTRAINT pk_metering_nodes PRIMARY KEY,
            contiguous_through bigint NOT NULL,
            highest_seen bigint NOT NULL,
            hole_since_at timestamptz
        );

        CREATE TABLE node_closings (
            contract_id uuid NOT NULL,
            node_name text NOT NULL,
            last_sequence bigint NOT NULL,
            released_at timestamptz NOT NULL,
            CONSTRAINT pk_node_closings PRIMARY KEY (contract_id, node_name)
        );
        """;
}
