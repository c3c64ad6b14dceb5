#!/bin/sh
# Runs once, on an empty data folder. Migrations grant the rights; here the processes' role gets its password,
# so that they never connect as the owner.
psql --set=ON_ERROR_STOP=1 --set=password="$APP_DATABASE_PASSWORD" \
  --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
create role tsudoi_app login password :'password';
create role tsudoi_readonly nologin;
alter role tsudoi_readonly set idle_session_timeout = '10min';
create extension pg_stat_statements;
SQL
