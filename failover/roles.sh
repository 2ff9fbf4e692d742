#!/bin/sh
# Run once by the image of postgres when the first database is created: a role for the standby, and one that may ask
# whether a server is the primary, and no more.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" -U "$POSTGRES_USER" -d postgres <<'SQL'
CREATE ROLE replicator REPLICATION LOGIN PASSWORD :'password';
CREATE ROLE haproxy LOGIN;
SQL
# The first line that matches counts, and HAProxy sends no password.
{
  echo 'host postgres haproxy all trust'
  echo 'host replication replicator all scram-sha-256'
  cat "$PGDATA/pg_hba.conf"
} > "$PGDATA/pg_hba.new"
mv "$PGDATA/pg_hba.new" "$PGDATA/pg_hba.conf"
