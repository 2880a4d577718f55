#!/usr/bin/env bash
# Run once by the PostgreSQL image on an empty volume: a database and a role per service, closed to the other roles.
set -euo pipefail

for service in identity catalog ordering billing proxy; do
  password_variable="${service^^}_DATABASE_PASSWORD"
  psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
    --set=service="$service" --set=password="${!password_variable}" <<'SQL'
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE CONNECT, TEMPORARY ON DATABASE :"service" FROM PUBLIC;
SQL
done
