-- up
ALTER TABLE users
    ADD COLUMN facebook_instant_game_id VARCHAR(128) CONSTRAINT users_facebook_instant_game_id_key UNIQUE;

-- down
ALTER TABLE users DROP COLUMN IF EXISTS facebook_instant_game_id;
