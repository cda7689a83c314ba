-- Incidents and where units are.

CREATE TABLE categories (
    code     text PRIMARY KEY,                         -- as feeds send it
    name_zh  text NOT NULL,
    name_en  text NOT NULL,
    kind     text NOT NULL DEFAULT 'event' CHECK (kind IN ('event', 'component')),
    severity int NOT NULL DEFAULT 3 CHECK (severity BETWEEN 1 AND 4)   -- 1 gravest
);

CREATE TABLE incidents (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feed_id        bigint REFERENCES feeds,            -- null: filed by hand
    source_id      text,
    body_hash      bytea,                              -- SHA-256 over the report's fields: the same key with another body is a conflict
    category       text NOT NULL,                      -- as sent; classified when categories holds it
    title          text NOT NULL DEFAULT '',
    description    text NOT NULL DEFAULT '',
    address        text NOT NULL DEFAULT '',
    reported_at    timestamptz NOT NULL,
    received_at    timestamptz NOT NULL,
    geom           geometry(Point, 4326) CHECK (geom IS NULL OR (ST_X(geom) BETWEEN -180 AND 180 AND ST_Y(geom) BETWEEN -90 AND 90)),
    raw_lon        double precision,
    raw_lat        double precision,
    datum          text,
    accuracy_m     double precision,
    status         text NOT NULL DEFAULT 'reported' CHECK (status IN ('reported', 'filed', 'dispatched', 'handling', 'fed_back', 'closed', 'evaluated', 'returned', 'hung', 'void')),
    area_code      text,                               -- the street whose it is; null: nobody's, or no place known
    edition_id     bigint REFERENCES editions,         -- the edition it was judged by
    responsibility text NOT NULL DEFAULT 'none' CHECK (responsibility IN ('sole', 'shared', 'none')),
    decision       jsonb NOT NULL,                     -- as /api/responsible answered: candidates, committee, rule, reason
    unit_code      text,                               -- the body that has it in hand
    created_by     bigint REFERENCES users,
    scopes         text[] NOT NULL DEFAULT '{}',       -- who may see it, beside the roles that read the whole city
    version        int NOT NULL DEFAULT 1,
    moved_at       timestamptz NOT NULL,
    closed_at      timestamptz,
    live           boolean NOT NULL DEFAULT true,      -- in the live picture: not closed, or closed within 24 h
    UNIQUE (feed_id, source_id)
);
CREATE INDEX incidents_geom_idx ON incidents USING gist (geom);
CREATE INDEX incidents_live_idx ON incidents (id) WHERE live;
CREATE INDEX incidents_ageing_idx ON incidents (closed_at) WHERE live AND closed_at IS NOT NULL;
CREATE INDEX incidents_area_code_idx ON incidents (area_code, id DESC);
CREATE INDEX incidents_status_idx ON incidents (status, id DESC);

-- What happened to a case, step by step.
CREATE TABLE incident_events (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incident_id bigint NOT NULL REFERENCES incidents ON DELETE CASCADE,
    at          timestamptz NOT NULL,
    actor       text NOT NULL,
    from_status text,
    to_status   text NOT NULL,
    unit_code   text,
    reason      text,
    note        text
);
CREATE INDEX incident_events_incident_id_idx ON incident_events (incident_id, id);

-- Items that a feed sent and that could not be taken, as they came.
CREATE TABLE quarantine (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feed_id     bigint NOT NULL REFERENCES feeds,
    received_at timestamptz NOT NULL DEFAULT now(),
    item_index  int NOT NULL,
    source_id   text,
    reason      text NOT NULL,
    detail      text NOT NULL,
    body        text NOT NULL
);
CREATE INDEX quarantine_feed_id_idx ON quarantine (feed_id, id DESC);

-- Every fix of every unit, kept exactly for 90 days: one partition a day, dropped whole.
CREATE TABLE fixes (
    unit_code   text NOT NULL,
    at          timestamptz NOT NULL,
    lon         double precision NOT NULL,
    lat         double precision NOT NULL,
    accuracy_m  real,
    speed_mps   real,
    heading_deg real,
    feed_id     bigint NOT NULL,
    PRIMARY KEY (unit_code, at)
) PARTITION BY RANGE (at);

-- The last fix of each unit: state, not history.
CREATE TABLE positions (
    unit_code   text PRIMARY KEY,
    unit_id     bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    at          timestamptz NOT NULL,
    lon         double precision NOT NULL,
    lat         double precision NOT NULL,
    accuracy_m  real,
    speed_mps   real,
    heading_deg real,
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);
CREATE INDEX positions_updated_at_idx ON positions (updated_at);
