-- CockroachDB cannot change a column and use it in one transaction.

-- up
ALTER TABLE console_user ADD COLUMN IF NOT EXISTS acl JSONB NOT NULL DEFAULT '{"admin": false}';

-- next transaction
UPDATE console_user SET acl = '{"admin": true}' WHERE role = 1;

-- next transaction
ALTER TABLE console_user DROP COLUMN IF EXISTS role;

-- down
ALTER TABLE console_user ADD COLUMN IF NOT EXISTS role SMALLINT NOT NULL DEFAULT 4;

-- next transaction
UPDATE console_user SET role = 1 WHERE acl ->> 'admin' = 'true';

-- next transaction
ALTER TABLE console_user DROP COLUMN IF EXISTS acl;
