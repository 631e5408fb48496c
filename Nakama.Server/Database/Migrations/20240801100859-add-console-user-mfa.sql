-- up
ALTER TABLE console_user
    ADD COLUMN mfa_secret         BYTEA,
    ADD COLUMN mfa_recovery_codes BYTEA,
    ADD COLUMN mfa_required       BOOLEAN DEFAULT FALSE;

-- down
ALTER TABLE console_user
    DROP COLUMN IF EXISTS mfa_secret,
    DROP COLUMN IF EXISTS mfa_recovery_codes,
    DROP COLUMN IF EXISTS mfa_required;
