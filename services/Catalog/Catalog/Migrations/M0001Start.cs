using Marketplace.Catalog.Database;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Catalog.Migrations;

[DbContext(typeof(CatalogDbContext))]
[Migration("0001_start")]
internal sealed class M0001Start : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables();
        migrationBuilder.Sql("""
            CREATE TABLE farms (
                id uuid NOT NULL,
                seller_id uuid NOT NULL,
                name text NOT NULL,
                slug text NOT NULL,
                location text NOT NULL,
                energy_source text NOT NULL,
                electricity_price_micros_per_kwh bigint,
                created_at timestamptz NOT NULL,
                CONSTRAINT pk_farms PRIMARY KEY (id)
            );
            CREATE UNIQUE INDEX ix_farms_slug ON farms (slug);
            CREATE INDEX ix_farms_seller_id ON farms (seller_id);

            CREATE TABLE rigs (
                id uuid NOT NULL,
                farm_id uuid NOT NULL,
                seller_id uuid NOT NULL,
                name text NOT NULL,
                login text NOT NULL,
                algorithm text NOT NULL,
                nameplate_hashrate numeric(39,0) NOT NULL,
                listed_hashrate numeric(39,0) NOT NULL,
                created_at timestamptz NOT NULL,
                version bigint NOT NULL,
                CONSTRAINT pk_rigs PRIMARY KEY (id),
                CONSTRAINT fk_rigs_farms_farm_id FOREIGN KEY (farm_id) REFERENCES farms (id) ON DELETE RESTRICT
            );
            CREATE UNIQUE INDEX ix_rigs_login ON rigs (login);
            CREATE INDEX ix_rigs_seller_id ON rigs (seller_id);
            CREATE INDEX ix_rigs_farm_id ON rigs (farm_id);

            CREATE TABLE default_pools (
                id uuid NOT NULL,
                rig_id uuid NOT NULL,
                url text NOT NULL,
                user_name text NOT NULL,
                sealed_password text NOT NULL,
                priority integer NOT NULL,
                CONSTRAINT pk_default_pools PRIMARY KEY (id),
                CONSTRAINT fk_default_pools_rigs_rig_id FOREIGN KEY (rig_id) REFERENCES rigs (id) ON DELETE CASCADE
            );
            CREATE INDEX ix_default_pools_rig_id ON default_pools (rig_id);

            CREATE TABLE listings (
                id uuid NOT NULL,
                rig_id uuid NOT NULL,
                seller_id uuid NOT NULL,
                title text NOT NULL,
                algorithm text NOT NULL,
                offered_hashrate numeric(39,0) NOT NULL,
                price_micros_per_unit_day bigint NOT NULL,
                currency char(3) NOT NULL,
                shortest_duration_seconds integer NOT NULL,
                longest_duration_seconds integer NOT NULL,
                is_published boolean NOT NULL,
                published_at timestamptz NOT NULL,
                withdrawn_at timestamptz,
                version bigint NOT NULL,
                CONSTRAINT pk_listings PRIMARY KEY (id),
                CONSTRAINT fk_listings_rigs_rig_id FOREIGN KEY (rig_id) REFERENCES rigs (id) ON DELETE RESTRICT
            );
            CREATE INDEX ix_listings_price_micros_per_unit_day_id ON listings (price_micros_per_unit_day, id)
                WHERE is_published;
            CREATE INDEX ix_listings_seller_id ON listings (seller_id);
            CREATE INDEX ix_listings_rig_id ON listings (rig_id);

            CREATE TABLE rig_minutes (
                rig_id uuid NOT NULL,
                node_name text NOT NULL,
                minute_at timestamptz NOT NULL,
                accepted_work numeric(39,0) NOT NULL,
                rejected_work numeric(39,0) NOT NULL,
                worker_count integer NOT NULL,
                CONSTRAINT pk_rig_minutes PRIMARY KEY (rig_id, node_name, minute_at),
                CONSTRAINT fk_rig_minutes_rigs_rig_id FOREIGN KEY (rig_id) REFERENCES rigs (id) ON DELETE RESTRICT
            );
            CREATE INDEX ix_rig_minutes_rig_id_minute_at ON rig_minutes (rig_id, minute_at);
            CREATE INDEX ix_rig_minutes_minute_at ON rig_minutes (minute_at);
            """);
    }
}
