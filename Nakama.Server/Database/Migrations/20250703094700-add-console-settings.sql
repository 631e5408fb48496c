-- up
CREATE TABLE IF NOT EXISTS setting (
    name        VARCHAR(64) NOT NULL,
    value       JSONB       NOT NULL DEFAULT '{}',
    update_time TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT setting_name_uniq PRIMARY KEY (name),
    CONSTRAINT setting_name_check CHECK (length(name) > 0)
);

INSERT INTO setting (name, value) VALUES ('utc_toggle', 'false') ON CONFLICT DO NOTHING;

-- down
DROP TABLE IF EXISTS setting;
