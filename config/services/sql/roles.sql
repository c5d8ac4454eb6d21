-- The two roles of the product, as superuser, any number of times; passwords are set elsewhere.
-- The owner makes and changes tables. Without BYPASSRLS it would see no rows in a data migration, and
-- a foreign key added to a filled table would silently accept bad rows (docs/tenancy.md).
-- The application neither owns a table nor bypasses row-level security.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhudian_owner') THEN
        CREATE ROLE zhudian_owner;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhudian_app') THEN
        CREATE ROLE zhudian_app;
    END IF;
END $$;
ALTER ROLE zhudian_owner LOGIN NOSUPERUSER NOCREATEROLE CREATEDB BYPASSRLS;
-- After filling many rows it may have them written down, so that nobody's reading has to wait for that.
GRANT pg_checkpoint TO zhudian_owner;
ALTER ROLE zhudian_app LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS;
-- A row by index costs little more than the next one on a disk without arms: one client's workers are looked up in an
-- agency of a million, not the million read.
ALTER ROLE zhudian_app SET random_page_cost = 1.1;
