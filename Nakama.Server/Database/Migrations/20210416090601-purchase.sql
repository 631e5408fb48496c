-- up
DROP TABLE IF EXISTS purchase_receipt;

CREATE TABLE IF NOT EXISTS purchase (
    create_time    TIMESTAMPTZ  NOT NULL DEFAULT now(),
    environment    SMALLINT     NOT NULL DEFAULT 0,
    product_id     VARCHAR(512) NOT NULL,
    purchase_time  TIMESTAMPTZ  NOT NULL DEFAULT now(),
    raw_response   JSONB        NOT NULL DEFAULT '{}',
    store          SMALLINT     NOT NULL DEFAULT 0,
    transaction_id VARCHAR(512) NOT NULL,
    update_time    TIMESTAMPTZ  NOT NULL DEFAULT now(),
    user_id        UUID,
    CONSTRAINT purchase_pkey PRIMARY KEY (transaction_id),
    CONSTRAINT purchase_transaction_id_check CHECK (length(transaction_id) > 0),
    CONSTRAINT purchase_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
);

CREATE INDEX IF NOT EXISTS purchase_user_id_purchase_time_transaction_id_idx
    ON purchase (user_id, purchase_time DESC, transaction_id);

-- down
DROP TABLE IF EXISTS purchase;

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
    CONSTRAINT purchase_receipt_transaction_id_check CHECK (length(transaction_id) > 0)
);
