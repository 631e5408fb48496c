-- Databases that started on CockroachDB know these foreign keys as fk_user_id_ref_users.

-- up
ALTER TABLE purchase DROP CONSTRAINT IF EXISTS purchase_user_id_fkey;
ALTER TABLE purchase DROP CONSTRAINT IF EXISTS fk_user_id_ref_users;
ALTER TABLE subscription DROP CONSTRAINT IF EXISTS subscription_user_id_fkey;
ALTER TABLE subscription DROP CONSTRAINT IF EXISTS fk_user_id_ref_users;

-- next transaction
UPDATE purchase SET user_id = '00000000-0000-0000-0000-000000000000' WHERE user_id IS NULL;
UPDATE subscription SET user_id = '00000000-0000-0000-0000-000000000000' WHERE user_id IS NULL;

-- down
UPDATE purchase SET user_id = NULL WHERE user_id = '00000000-0000-0000-0000-000000000000';
UPDATE subscription SET user_id = NULL WHERE user_id = '00000000-0000-0000-0000-000000000000';

-- next transaction
ALTER TABLE purchase
    ADD CONSTRAINT purchase_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL;
ALTER TABLE subscription
    ADD CONSTRAINT subscription_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL;
