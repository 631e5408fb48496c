-- up
CREATE TABLE IF NOT EXISTS users_notes (
    id          UUID        NOT NULL,
    user_id     UUID        NOT NULL,
    create_time TIMESTAMPTZ NOT NULL DEFAULT now(),
    update_time TIMESTAMPTZ NOT NULL DEFAULT now(),
    note        TEXT        NOT NULL,
    create_id   UUID,
    update_id   UUID,
    CONSTRAINT users_notes_pkey PRIMARY KEY (user_id, create_time, id),
    CONSTRAINT users_notes_id_key UNIQUE (id),
    CONSTRAINT users_notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS console_audit_log (
    create_time      TIMESTAMPTZ NOT NULL DEFAULT now(),
    id               UUID        NOT NULL,
    console_user_id  UUID        NOT NULL,
    console_username TEXT        NOT NULL,
    email            TEXT        NOT NULL,
    action           TEXT        NOT NULL,
    resource         TEXT        NOT NULL,
    message          TEXT        NOT NULL,
    metadata         JSONB       NOT NULL DEFAULT '{}',
    CONSTRAINT console_audit_log_pkey PRIMARY KEY (create_time, console_username, action, resource, id),
    CONSTRAINT console_audit_log_id_key UNIQUE (id)
);

CREATE TABLE IF NOT EXISTS console_acl_template (
    id          UUID        NOT NULL,
    name        VARCHAR(64) NOT NULL,
    description VARCHAR(64) NOT NULL DEFAULT '',
    acl         JSONB       NOT NULL DEFAULT '{}',
    create_time TIMESTAMPTZ NOT NULL DEFAULT now(),
    update_time TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT console_acl_template_pkey PRIMARY KEY (id),
    CONSTRAINT template_name_uniq UNIQUE (name),
    CONSTRAINT console_acl_template_name_check CHECK (length(name) > 0)
);

-- down
DROP TABLE IF EXISTS console_acl_template;
DROP TABLE IF EXISTS console_audit_log;
DROP TABLE IF EXISTS users_notes;
