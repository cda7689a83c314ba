-- The live picture in SQL: each topic's item as the hub sends it, and the change that carries it. The node loads the picture with the same
-- functions as writers log with, so picture and log agree to the byte. PL/pgSQL where rows are looked up, because it keeps its plans.
--
--     INSERT INTO pending_changes (items) SELECT array_agg(change_of_incident(moved, before)) FROM moved HAVING count(*) > 0

-- RFC 3339, UTC, whatever the session's time zone.
CREATE FUNCTION utc_text(t timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (to_json(t AT TIME ZONE 'UTC') #>> '{}') || 'Z' $$;

CREATE FUNCTION incident_item(i incidents) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN jsonb_build_object(
        'id', i.id, 'feed', (SELECT f.code FROM feeds f WHERE f.id = i.feed_id), 'source_id', i.source_id, 'category', i.category,
        'class', coalesce((SELECT c.code FROM categories c WHERE c.code = i.category), 'unclassified'),
        'title', i.title, 'status', i.status, 'lon', ST_X(i.geom), 'lat', ST_Y(i.geom),
        'reported_at', utc_text(i.reported_at), 'moved_at', utc_text(i.moved_at),
        'area', CASE WHEN i.area_code IS NOT NULL THEN jsonb_build_object('code', i.area_code, 'name',
            (SELECT a.name FROM areas a WHERE a.edition_id = i.edition_id AND a.level = 'street' AND a.code = i.area_code)) END,
        'responsibility_class', i.responsibility, 'unit', i.unit_code, 'version', i.version);
END $$;

CREATE FUNCTION station_item(s stations) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('id', s.id, 'code', s.code, 'kind', s.kind, 'name', s.name, 'street', s.street_code, 'hours', s.hours, 'state', s.state,
        'lon', ST_X(s.geom), 'lat', ST_Y(s.geom))
$$;

CREATE FUNCTION committee_item(c committees) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'level', c.level, 'areas', coalesce(
        (SELECT jsonb_agg(a.area_code ORDER BY a.lead DESC, a.area_code) FROM committee_areas a WHERE a.committee_id = c.id), '[]'));
END $$;

CREATE FUNCTION area_item(a areas) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name, 'level', a.level, 'parent', a.parent_code, 'edition', a.edition_id)
$$;

CREATE FUNCTION feed_item(f feeds) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('id', f.id, 'code', f.code, 'name', f.name, 'kind', f.kind, 'last_at', utc_text(f.last_at),
        'accepted', f.accepted, 'duplicates', f.duplicates, 'rejected', f.rejected)
$$;

-- The changes. `before`: who could see the row until now, '{}' for a new one. A row that is no longer live is a drop.
CREATE FUNCTION change_of_incident(i incidents, before text[]) RETURNS change_item LANGUAGE sql STABLE AS $$
    SELECT ROW('incidents', CASE WHEN i.live THEN 'put' ELSE 'drop' END, i.id, i.version, before, CASE WHEN i.live THEN i.scopes ELSE '{}' END,
        ST_X(i.geom), ST_Y(i.geom), CASE WHEN i.live THEN incident_item(i) END)::change_item
$$;

CREATE FUNCTION change_of_station(s stations) RETURNS change_item LANGUAGE sql STABLE AS $$
    SELECT ROW('stations', 'put', s.id, s.version, '{all}'::text[], '{all}'::text[], ST_X(s.geom), ST_Y(s.geom), station_item(s))::change_item
$$;

CREATE FUNCTION change_of_committee(c committees) RETURNS change_item LANGUAGE sql STABLE AS $$
    SELECT ROW('committees', 'put', c.id, c.version, '{all}'::text[], '{all}'::text[], NULL, NULL, committee_item(c))::change_item
$$;

CREATE FUNCTION change_of_feed(f feeds) RETURNS change_item LANGUAGE sql STABLE AS $$
    SELECT ROW('feeds', 'put', f.id, f.version, '{all}'::text[], '{all}'::text[], NULL, NULL, feed_item(f))::change_item
$$;

CREATE FUNCTION change_of_area(a areas, op text) RETURNS change_item LANGUAGE sql STABLE AS $$
    SELECT ROW('areas', op, a.id, 1, '{all}'::text[], '{all}'::text[], NULL, NULL, CASE op WHEN 'put' THEN area_item(a) END)::change_item
$$;

-- A row that is gone for good: a deleted station, a dissolved committee.
CREATE FUNCTION change_of_gone(topic text, id bigint, version int, before text[]) RETURNS change_item LANGUAGE sql IMMUTABLE AS $$
    SELECT ROW(topic, 'drop', id, version, before, '{}'::text[], NULL, NULL, NULL)::change_item
$$;

-- Which edition's areas the live picture holds, by level. Time alone brings an edition into force, so it is a logged step, not a clock in a query.
CREATE TABLE live_editions (
    level      text   PRIMARY KEY,
    edition_id bigint NOT NULL REFERENCES editions
);

-- Brings the picture's areas to the editions in force now; says how many changes were logged. Run after every load of an edition and every few
-- seconds; a second run finds nothing to do.
CREATE FUNCTION publish_editions() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    logged int;
BEGIN
    IF NOT EXISTS (SELECT FROM (SELECT DISTINCT a.level FROM areas a) l LEFT JOIN live_editions v USING (level)
                   WHERE edition_at(l.level, now()) IS DISTINCT FROM v.edition_id AND edition_at(l.level, now()) IS NOT NULL) THEN RETURN 0; END IF;
    LOCK live_editions IN SHARE ROW EXCLUSIVE MODE;
    WITH wanted AS (
        SELECT l.level, edition_at(l.level, now()) AS edition_id FROM (SELECT DISTINCT a.level FROM areas a) l),
    moved AS (
        SELECT w.level, v.edition_id AS old, w.edition_id AS new FROM wanted w LEFT JOIN live_editions v USING (level)
        WHERE w.edition_id IS NOT NULL AND w.edition_id IS DISTINCT FROM v.edition_id),
    kept AS (
        INSERT INTO live_editions (level, edition_id) SELECT level, new FROM moved
        ON CONFLICT (level) DO UPDATE SET edition_id = excluded.edition_id),
    items AS (
        SELECT 0 AS turn, a.id, change_of_area(a, 'drop') AS item FROM moved m JOIN areas a ON a.edition_id = m.old AND a.level = m.level
        UNION ALL
        SELECT 1, a.id, change_of_area(a, 'put') FROM moved m JOIN areas a ON a.edition_id = m.new AND a.level = m.level),
    pending AS (
        INSERT INTO pending_changes (items) SELECT array_agg(item ORDER BY turn, id) FROM items HAVING count(*) > 0 RETURNING cardinality(items))
    SELECT coalesce(sum(cardinality), 0) INTO logged FROM pending;
    RETURN logged;
END $$;

-- Where units are: {id, unit, name, kind, street, lon, lat, at, speed_mps, heading_deg}, and who may see it. Not in the log.
CREATE VIEW unit_positions AS
SELECT p.unit_id AS id, p.at, p.updated_at, p.lon, p.lat,
       array_remove(ARRAY['unit:' || p.unit_code, 'unit:' || u.department_code, 'street:' || u.street_code], NULL) AS scopes,
       jsonb_build_object('id', p.unit_id, 'unit', p.unit_code, 'name', coalesce(u.name, p.unit_code), 'kind', u.kind, 'street', u.street_code, 'lon', p.lon, 'lat', p.lat,
           'at', utc_text(p.at), 'speed_mps', p.speed_mps, 'heading_deg', p.heading_deg) AS item
FROM positions p LEFT JOIN units u ON u.code = p.unit_code;

-- The live picture by topic, as the log's puts and drops leave it.
CREATE VIEW live_picture AS
SELECT 'incidents' AS topic, i.id, i.version, i.scopes, ST_X(i.geom) AS lon, ST_Y(i.geom) AS lat, incident_item(i) AS body FROM incidents i WHERE i.live
UNION ALL SELECT 'areas', a.id, 1, '{all}', NULL, NULL, area_item(a) FROM areas a JOIN live_editions v ON v.edition_id = a.edition_id AND v.level = a.level
UNION ALL SELECT 'committees', c.id, c.version, '{all}', NULL, NULL, committee_item(c) FROM committees c
UNION ALL SELECT 'stations', s.id, s.version, '{all}', ST_X(s.geom), ST_Y(s.geom), station_item(s) FROM stations s
UNION ALL SELECT 'feeds', f.id, f.version, '{all}', NULL, NULL, feed_item(f) FROM feeds f;
