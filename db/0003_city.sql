-- The city: settings, dated editions of its areas, what is derived from them, and what stands in them.

CREATE TABLE settings (
    key   text PRIMARY KEY,                            -- city.name, city.demo, map.approval_no, …
    value jsonb NOT NULL
);

CREATE TABLE editions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text NOT NULL UNIQUE,
    state        text NOT NULL DEFAULT 'in_force' CHECK (state IN ('draft', 'reviewed', 'in_force')),
    valid_from   timestamptz NOT NULL,                 -- in force from here until the next edition's valid_from
    legal_status text NOT NULL DEFAULT 'schematic' CHECK (legal_status IN ('schematic', 'working', 'official')),
    source       text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL DEFAULT now()
);

-- The edition in force at an instant, by level: the newest that had begun. One edition may hold several levels.
CREATE TABLE areas (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edition_id  bigint NOT NULL REFERENCES editions,
    level       text NOT NULL CHECK (level IN ('city', 'district', 'street', 'community', 'estate', 'grid', 'block', 'zone')),
    code        text NOT NULL,
    name        text NOT NULL,
    parent_code text,
    kind        text NOT NULL DEFAULT '',              -- 街道, 镇, 乡 … where the level alone does not tell
    geom        geometry(MultiPolygon, 4326) NOT NULL CHECK (ST_IsValid(geom)),
    label       geometry(Point, 4326) NOT NULL,        -- a point inside, for the name
    UNIQUE (edition_id, level, code)
);
CREATE INDEX areas_geom_idx ON areas USING gist (geom);

CREATE FUNCTION edition_at(wanted_level text, at timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT e.id FROM editions e
    WHERE e.state = 'in_force' AND e.valid_from <= at AND EXISTS (SELECT FROM areas a WHERE a.edition_id = e.id AND a.level = wanted_level)
    ORDER BY e.valid_from DESC, e.id DESC LIMIT 1
$$;

-- The line shared by two neighbouring areas, one row for each connected piece; right_code is null where there is nobody on the other side.
-- Left and right as seen from the line's start.
CREATE TABLE edges (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edition_id bigint NOT NULL REFERENCES editions,
    level      text NOT NULL,
    left_code  text NOT NULL,
    right_code text,
    kind       text NOT NULL DEFAULT 'land' CHECK (kind IN ('land', 'river', 'single')),
    length_m   double precision NOT NULL,
    geom       geometry(LineString, 4326) NOT NULL
);
CREATE INDEX edges_geom_idx ON edges USING gist (geom);
CREATE INDEX edges_left_code_idx ON edges (edition_id, level, left_code);
CREATE INDEX edges_right_code_idx ON edges (edition_id, level, right_code);

-- Holes (nobody's) and overlaps (two owners) of an edition.
CREATE TABLE seam_faults (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edition_id bigint NOT NULL REFERENCES editions,
    level      text NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('hole', 'overlap')),
    codes      text[] NOT NULL DEFAULT '{}',
    area_m2    double precision NOT NULL,
    geom       geometry(Polygon, 4326) NOT NULL
);
CREATE INDEX seam_faults_edition_id_idx ON seam_faults (edition_id, level);

CREATE TABLE waters (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('river', 'lake')),
    geom geometry(MultiPolygon, 4326) NOT NULL
);
CREATE INDEX waters_geom_idx ON waters USING gist (geom);

-- Each bank of a river is a line of its own.
CREATE TABLE banks (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    water_code text NOT NULL REFERENCES waters (code),
    side       text NOT NULL CHECK (side IN ('left', 'right')),  -- as seen downstream
    geom       geometry(LineString, 4326) NOT NULL
);

CREATE TABLE committees (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text NOT NULL UNIQUE,
    kind         text NOT NULL,                        -- 区域联合党委, 园区综合党委, 产业集聚区综合党委, 党建联盟
    level        text NOT NULL DEFAULT 'street' CHECK (level IN ('street', 'community')),
    constitution jsonb NOT NULL,                       -- {chair, rota, meetings, member_classes}: differs by kind, is data
    example      boolean NOT NULL DEFAULT false,       -- invented for the demo: shown with 示例
    version      int NOT NULL DEFAULT 1
);
CREATE TABLE committee_areas (
    committee_id bigint NOT NULL REFERENCES committees ON DELETE CASCADE,
    area_code    text NOT NULL,
    lead         boolean NOT NULL DEFAULT false,
    PRIMARY KEY (committee_id, area_code)
);
CREATE INDEX committee_areas_area_code_idx ON committee_areas (area_code);
CREATE TABLE committee_members (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    committee_id bigint NOT NULL REFERENCES committees ON DELETE CASCADE,
    class        text NOT NULL,                        -- 街道, 单位, 企业 …
    name         text NOT NULL
);
CREATE INDEX committee_members_committee_id_idx ON committee_members (committee_id);

CREATE TABLE stations (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code           text NOT NULL UNIQUE,
    kind           text NOT NULL,                      -- 社区党群服务中心, 户外工作者驿站, …
    name           text NOT NULL,
    street_code    text NOT NULL,
    community_code text,
    services       text[] NOT NULL DEFAULT '{}',
    hours          text NOT NULL DEFAULT '',           -- 08:30-20:30
    capacity       int NOT NULL DEFAULT 0,
    worker         text NOT NULL DEFAULT '',           -- the resident worker's unit or alias
    opening_scope  text NOT NULL DEFAULT 'all' CHECK (opening_scope IN ('own', 'adjoining', 'all')),
    state          text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    version        int NOT NULL DEFAULT 1,
    geom           geometry(Point, 4326) NOT NULL CHECK (ST_X(geom) BETWEEN -180 AND 180 AND ST_Y(geom) BETWEEN -90 AND 90)
);
CREATE INDEX stations_geom_idx ON stations USING gist (geom);

-- Bodies that cases are handed to, and the teams and vehicles that move.
CREATE TABLE departments (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code        text NOT NULL UNIQUE,
    name        text NOT NULL,
    level       text NOT NULL CHECK (level IN ('city', 'district', 'street')),
    area_code   text
);
CREATE TABLE units (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code            text NOT NULL UNIQUE,
    name            text NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('foot', 'vehicle', 'sanitation')),
    street_code     text,
    department_code text REFERENCES departments (code)
);
