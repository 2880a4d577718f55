using Marketplace.Identity.Database;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Identity.Migrations;

[DbContext(typeof(AccountDbContext))]
[Migration("0001_start")]
internal sealed class M0001Start : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables();
        migrationBuilder.Sql("""
            CREATE TABLE organisations (
                id uuid NOT NULL,
                kind text NOT NULL,
                name text NOT NULL,
                country_code text NOT NULL,
                billing_email text NOT NULL,
                created_at timestamptz NOT NULL,
                version bigint NOT NULL,
                CONSTRAINT pk_organisations PRIMARY KEY (id)
            );
            CREATE UNIQUE INDEX ix_organisations_kind ON organisations (kind) WHERE kind = 'Operator';

            CREATE TABLE accounts (
                id uuid NOT NULL,
                organisation_id uuid NOT NULL,
                roles text[] NOT NULL,
                created_at timestamptz NOT NULL,
                user_name text,
                normalized_user_name text,
                email text NOT NULL,
                normalized_email text NOT NULL,
                email_confirmed boolean NOT NULL,
                password_hash text,
                security_stamp text,
                concurrency_stamp text,
                two_factor_enabled boolean NOT NULL,
                lockout_end timestamptz,
                lockout_enabled boolean NOT NULL,
                access_failed_count integer NOT NULL,
                CONSTRAINT pk_accounts PRIMARY KEY (id),
                CONSTRAINT fk_accounts_organisations_organisation_id FOREIGN KEY (organisation_id)
                    REFERENCES organisations (id) ON DELETE RESTRICT
            );
            CREATE UNIQUE INDEX ix_accounts_normalized_email ON accounts (normalized_email);
            CREATE INDEX ix_accounts_organisation_id ON accounts (organisation_id);

            CREATE TABLE sessions (
                id uuid NOT NULL,
                account_id uuid NOT NULL,
                security_stamp text NOT NULL,
                signed_in_at timestamptz NOT NULL,
                ends_at timestamptz NOT NULL,
                CONSTRAINT pk_sessions PRIMARY KEY (id),
                CONSTRAINT fk_sessions_accounts_account_id FOREIGN KEY (account_id)
                    REFERENCES accounts (id) ON DELETE CASCADE
            );
            CREATE INDEX ix_sessions_account_id ON sessions (account_id);

            CREATE TABLE data_protection_keys (
                id uuid NOT NULL,
                friendly_name text NOT NULL,
                xml text NOT NULL,
                stored_at timestamptz NOT NULL,
                CONSTRAINT pk_data_protection_keys PRIMARY KEY (id)
            );
            """);
    }
}
