-- Accounts, sessions, keys and tokens. Secrets are kept as hashes only; see docs/adr/0007-rights.md.

CREATE TABLE users (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text NOT NULL,                       -- what one types to sign in
    display_name  text NOT NULL DEFAULT '',
    role          text NOT NULL CHECK (role IN ('operator', 'dispatcher', 'duty-lead', 'street-chief', 'street-staff', 'responder',
                                                'patroller', 'planner', 'reporter', 'wall', 'auditor', 'admin')),
    area_code     text,                                -- the street of a chief or staff member; null elsewhere
    unit_code     text,                                -- the department or office of a responder or patroller; null elsewhere
    password_hash text NOT NULL,
    version       int NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    disabled_at   timestamptz
);
CREATE UNIQUE INDEX users_name_idx ON users (lower(name));

CREATE TABLE sessions (
    hash       bytea PRIMARY KEY,                      -- SHA-256 of the cookie's value
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now(),
    address    text NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

CREATE TABLE tokens (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    hash       bytea NOT NULL UNIQUE,
    prefix     text NOT NULL,                          -- the first characters, to tell one from another in a list
    name       text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz,
    revoked_at timestamptz
);
CREATE INDEX tokens_user_id_idx ON tokens (user_id);

CREATE TABLE feeds (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text NOT NULL UNIQUE,                   -- the {feed} of /api/feeds/{feed}/…
    name       text NOT NULL,
    kind       text NOT NULL DEFAULT 'incidents',      -- incidents | positions | both
    version    int NOT NULL DEFAULT 1,
    last_at    timestamptz,                            -- the last time it sent anything that could be read
    accepted   bigint NOT NULL DEFAULT 0,
    duplicates bigint NOT NULL DEFAULT 0,
    rejected   bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE feed_keys (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feed_id    bigint NOT NULL REFERENCES feeds ON DELETE CASCADE,
    hash       bytea NOT NULL UNIQUE,
    prefix     text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);
CREATE INDEX feed_keys_feed_id_idx ON feed_keys (feed_id);

-- Who did or read what. Rows are added, never changed.
CREATE TABLE audit (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor     text NOT NULL,                           -- user:NAME, feed:CODE, system
    role      text NOT NULL DEFAULT '',
    operation text NOT NULL,                           -- the operation of the rights table, or a command
    subject   text NOT NULL DEFAULT '',                -- what it was done to, as topic:id
    outcome   text NOT NULL DEFAULT 'done',            -- done | refused
    detail    jsonb,
    address   text NOT NULL DEFAULT ''
);
CREATE INDEX audit_at_idx ON audit (at);
CREATE INDEX audit_actor_idx ON audit (actor, id);
CREATE INDEX audit_operation_idx ON audit (operation, id);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit rows are never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
