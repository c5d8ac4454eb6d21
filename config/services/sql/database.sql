-- What one database needs, as superuser, any number of times. Run it in template1 too: new databases,
-- those of the tests among them, are copies of that one.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER DEFAULT PRIVILEGES FOR ROLE zhudian_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO zhudian_app;
ALTER DEFAULT PRIVILEGES FOR ROLE zhudian_owner GRANT USAGE, SELECT ON SEQUENCES TO zhudian_app;
