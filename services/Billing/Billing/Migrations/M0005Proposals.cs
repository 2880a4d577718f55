using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Billing.Migrations;

[DbContext(typeof(BillingDbContext))]
[Migration("20261129200000_Proposals")]
internal sealed class M0005Proposals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE proposals (
            id uuid NOT NULL CONSTRAINT pk_proposals PRIMARY KEY,
            key text NOT NULL,
            reason text NOT NULL,
            effective_at timestamptz NOT NULL,
            contract_id uuid,
            postings text NOT NULL,
            reverses_entry_id uuid,
            proposed_by uuid NOT NULL,
            proposed_at timestamptz NOT NULL,
            status text NOT NULL,
            decided_by uuid,
            decided_at timestamptz,
            rejected_because text,
            CONSTRAINT ck_proposals_two_people CHECK (status <> 'Posted' OR decided_by <> proposed_by)
        );
        CREATE INDEX ix_proposals_proposed_at ON proposals (proposed_at);
        """);
}
