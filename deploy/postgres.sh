#!/usr/bin/env bash
# Runs once, in the empty cluster of the postgres container: roles, passwords, database, extensions, grants.
set -euo pipefail
superuser=(psql -X -v ON_ERROR_STOP=1 --username postgres)
"${superuser[@]}" -d postgres -f /zhudian-sql/roles.sql
# Passwords go in as variables of psql, which quotes them; on a command line other users could read them.
"${superuser[@]}" -d postgres <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
ALTER ROLE zhudian_owner PASSWORD :'owner_password';
ALTER ROLE zhudian_app PASSWORD :'app_password';
SQL
"${superuser[@]}" -d template1 -f /zhudian-sql/database.sql
"${superuser[@]}" -d postgres -c "CREATE DATABASE zhudian OWNER zhudian_owner"
"${superuser[@]}" -d zhudian -f /zhudian-sql/database.sql
