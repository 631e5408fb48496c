-- up
CREATE TABLE IF NOT EXISTS console_user (
    create_time  TIMESTAMPTZ  NOT NULL DEFAULT now(),
    disable_time TIMESTAMPTZ  NOT NULL DEFAULT '1970-01-01 00:00:00 UTC',
    email        VARCHAR(255) NOT NULL,
    id           UUID         NOT NULL,
    metadata     JSONB        NOT NULL DEFAULT '{}',
    password     BYTEA,
    role         SMALLINT     NOT NULL DEFAULT 4,
    update_time  TIMESTAMPTZ  NOT NULL DEFAULT now(),
    username     VARCHAR(128) NOT NULL,
    CONSTRAINT console_user_pkey PRIMARY KEY (id),
    CONSTRAINT console_user_email_uniq UNIQUE (email),
    CONSTRAINT console_user_username_uniq UNIQUE (username),
    CONSTRAINT console_user_password_check CHECK (length(password) < 32000),
    CONSTRAINT console_user_role_check CHECK (role >= 1)
);

CREATE TABLE IF NOT EXISTS purchase_receipt (
    create_time    TIMESTAMPTZ  NOT NULL DEFAULT now(),
    environment    SMALLINT     NOT NULL DEFAULT 0,
    product_id     VARCHAR(512) NOT NULL,
    purchase_time  TIMESTAMPTZ  NOT NULL DEFAULT now(),
    raw_response   JSONB        NOT NULL DEFAULT '{}',
    receipt        TEXT         NOT NULL,
    store          SMALLINT     NOT NULL DEFAULT 0,
    transaction_id VARCHAR(512) NOT NULL,
    update_time    TIMESTAMPTZ  NOT NULL DEFAULT now(),
    user_id        UUID         NOT NULL,
    CONSTRAINT purchase_receipt_pkey PRIMARY KEY (transaction_id),
    CONSTRAINT purchase_receipt_receipt_check CHECK (length(receipt) > 0),
    CONSTRAINT purchase_receipt_transaction_id_check CHECK (length(transaction_id) > 0),
    CONSTRAINT purchase_receipt_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

ALTER TABLE user_device
    ADD COLUMN IF NOT EXISTS preferences        JSONB        NOT NULL DEFAULT '{}',
    ADD COLUMN IF NOT EXISTS push_token_amazon  VARCHAR(512) NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS push_token_android VARCHAR(512) NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS push_token_huawei  VARCHAR(512) NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS push_token_ios     VARCHAR(512) NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS push_token_web     VARCHAR(512) NOT NULL DEFAULT '';

-- down
ALTER TABLE user_device
    DROP COLUMN IF EXISTS preferences,
    DROP COLUMN IF EXISTS push_token_amazon,
    DROP COLUMN IF EXISTS push_token_android,
    DROP COLUMN IF EXISTS push_token_huawei,
    DROP COLUMN IF EXISTS push_token_ios,
    DROP COLUMN IF EXISTS push_token_web;

DROP TABLE IF EXISTS purchase_receipt;
DROP TABLE IF EXISTS console_user;
