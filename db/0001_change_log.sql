-- The change log: one dense, gap-free numbering of everything that happens, in commit order.
--
-- A transaction inserts ONE row into pending_changes, carrying all its items. The deferred trigger runs inside COMMIT,
-- takes the counter row's lock, and copies the items into changes with consecutive numbers. The lock is released only
-- when the transaction is visible, so whoever sees number k sees every smaller one; a rollback gives its numbers back.
-- Writers run READ COMMITTED and never SET CONSTRAINTS IMMEDIATE. See docs/adr/0004-change-log.md.

CREATE EXTENSION IF NOT EXISTS postgis;

CREATE TABLE log_head (
    k     int    PRIMARY KEY DEFAULT 1 CHECK (k = 1),
    epoch uuid   NOT NULL DEFAULT gen_random_uuid(),  -- a new one whenever the history may have been rewound
    home  text   NOT NULL DEFAULT '',                 -- the cluster, timeline and database that the epoch was drawn for
    n     bigint NOT NULL DEFAULT 0                   -- the last number given out
) WITH (fillfactor = 10);
INSERT INTO log_head DEFAULT VALUES;

-- One thing that changed. `scopes_*`: who may see it ('all', 'street:CODE', 'unit:CODE', 'user:ID'); roles that read the whole city see it anyway.
CREATE TYPE change_item AS (
    topic         text,    -- incidents, areas, committees, stations, feeds, patrols, gaps
    op            text,    -- put | drop: whether it belongs to the live picture from now on
    id            bigint,
    version       int,
    scopes_before text[],
    scopes_after  text[],
    lon           double precision,  -- null: it has no place, no bbox excludes it
    lat           double precision,
    body          jsonb              -- the item as the hub sends it; null for drop
);

CREATE TABLE pending_changes (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    items change_item[] NOT NULL CHECK (cardinality(items) > 0)
);

CREATE TABLE changes (
    seq           bigint PRIMARY KEY,
    at            timestamptz NOT NULL,
    topic         text NOT NULL,
    op            text NOT NULL CHECK (op IN ('put', 'drop')),
    id            bigint NOT NULL,
    version       int NOT NULL,
    scopes_before text[] NOT NULL,
    scopes_after  text[] NOT NULL,
    lon           double precision,
    lat           double precision,
    body          jsonb
);
CREATE INDEX changes_at_idx ON changes USING brin (at);

CREATE FUNCTION publish_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last bigint;
BEGIN
    DELETE FROM pending_changes WHERE id = NEW.id;
    UPDATE log_head SET n = n + cardinality(NEW.items) WHERE k = 1 RETURNING n INTO last;
    INSERT INTO changes (seq, at, topic, op, id, version, scopes_before, scopes_after, lon, lat, body)
    SELECT last - cardinality(NEW.items) + i.ordinality, clock_timestamp(), i.topic, i.op, i.id, i.version,
           coalesce(i.scopes_before, '{}'), coalesce(i.scopes_after, '{}'), i.lon, i.lat, i.body
    FROM unnest(NEW.items) WITH ORDINALITY i;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER pending_changes_publish AFTER INSERT ON pending_changes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION publish_changes();
