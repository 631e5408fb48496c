-- up
ALTER TABLE users
    ADD COLUMN apple_id VARCHAR(128) CONSTRAINT users_apple_id_key UNIQUE;

-- down
ALTER TABLE users DROP COLUMN IF EXISTS apple_id;
