-- up
CREATE TABLE IF NOT EXISTS subscription (
    original_transaction_id VARCHAR(512) NOT NULL,
    create_time             TIMESTAMPTZ  NOT NULL DEFAULT now(),
    update_time             TIMESTAMPTZ  NOT NULL DEFAULT now(),
    environment             SMALLINT     NOT NULL DEFAULT 0,
    product_id              VARCHAR(512) NOT NULL,
    purchase_time           TIMESTAMPTZ  NOT NULL DEFAULT now(),
    store                   SMALLINT     NOT NULL DEFAULT 0,
    user_id                 UUID,
    expire_time             TIMESTAMPTZ  NOT NULL,
    CONSTRAINT subscription_pkey PRIMARY KEY (original_transaction_id),
    CONSTRAINT subscription_original_transaction_id_check CHECK (length(original_transaction_id) > 0),
    CONSTRAINT subscription_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
);

CREATE INDEX IF NOT EXISTS subscription_user_id_purchase_time_transaction_id_idx
    ON subscription (user_id, purchase_time DESC, original_transaction_id);

-- down
DROP TABLE IF EXISTS subscription;
