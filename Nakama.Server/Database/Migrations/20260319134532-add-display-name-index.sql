-- up
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- next without transaction, builds users_display_name_idx
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_display_name_idx ON users USING GIN (display_name gin_trgm_ops);

-- down
DROP INDEX IF EXISTS users_display_name_idx;
