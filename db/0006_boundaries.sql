-- What follows from an edition's areas: their outlines in short pieces, the edges between neighbours, and the faults of the seam.

-- The outline of every area, cut into pieces of at most 16 segments at its own vertices, so that "how far is this line" is an index look-up.
CREATE TABLE outlines (
    area_id    bigint NOT NULL REFERENCES areas ON DELETE CASCADE,
    edition_id bigint NOT NULL,
    level      text NOT NULL,
    code       text NOT NULL,
    geom       geometry(LineString, 4326) NOT NULL
);
CREATE INDEX outlines_geom_idx ON outlines USING gist (geom);
CREATE INDEX outlines_area_id_idx ON outlines (area_id);

CREATE FUNCTION outline_areas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN DELETE FROM outlines o USING fresh f WHERE o.area_id = f.id; END IF;
    INSERT INTO outlines (area_id, edition_id, level, code, geom)
    WITH points AS (
        SELECT f.id, f.edition_id, f.level, f.code, d.path[1] AS part, d.path[2] AS ring, d.path[3] - 1 AS i, d.geom
        FROM fresh f CROSS JOIN LATERAL ST_DumpPoints(f.geom) d),
    pieces AS (
        SELECT id, edition_id, level, code, part, ring, i / 16 AS piece, i, geom FROM points
        UNION ALL
        SELECT id, edition_id, level, code, part, ring, i / 16 - 1, i, geom FROM points WHERE i % 16 = 0 AND i > 0)
    SELECT id, edition_id, level, code, ST_MakeLine(geom ORDER BY i) FROM pieces
    GROUP BY id, edition_id, level, code, part, ring, piece HAVING count(*) > 1;
    RETURN NULL;
END $$;
CREATE TRIGGER areas_outline_new AFTER INSERT ON areas REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION outline_areas();
CREATE TRIGGER areas_outline_moved AFTER UPDATE ON areas REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION outline_areas();

-- Derives edges and seam faults of one level of an edition, replacing what was derived before. All outlines are noded and polygonised: a face that
-- nobody owns is a hole, one that several own an overlap, a line with different owners left and right belongs to an edge. The lower code is on the left
-- of its edges; what runs inside water is cut off as a piece of its own. See docs/adr/0009-partition-is-derived.md.
CREATE FUNCTION derive_boundaries(of_edition bigint, of_level text) RETURNS TABLE (edges_found bigint, faults_found bigint) LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM edges WHERE edition_id = of_edition AND level = of_level;
    DELETE FROM seam_faults WHERE edition_id = of_edition AND level = of_level;

    DROP TABLE IF EXISTS noded, faces, sides, owned;
    CREATE TEMP TABLE noded ON COMMIT DROP AS
    SELECT row_number() OVER () AS id, d.geom
    FROM (SELECT ST_UnaryUnion(ST_Collect(ST_Boundary(geom))) AS g FROM areas WHERE edition_id = of_edition AND level = of_level) u, ST_Dump(u.g) d;

    CREATE TEMP TABLE faces ON COMMIT DROP AS
    SELECT row_number() OVER () AS id, ST_ForcePolygonCCW(d.geom) AS geom, '{}'::text[] AS owners
    FROM (SELECT ST_Polygonize(geom) AS g FROM noded) p, ST_Dump(p.g) d;
    UPDATE faces f SET owners = o.owners
    FROM (SELECT f.id, array_agg(a.code ORDER BY a.code) AS owners
          FROM (SELECT id, ST_PointOnSurface(geom) AS inside FROM faces) f
          JOIN areas a ON a.edition_id = of_edition AND a.level = of_level AND ST_Intersects(a.geom, f.inside) GROUP BY f.id) o
    WHERE o.id = f.id;

    INSERT INTO seam_faults (edition_id, level, kind, codes, area_m2, geom)
    SELECT of_edition, of_level, CASE cardinality(owners) WHEN 0 THEN 'hole' ELSE 'overlap' END, owners, ST_Area(geom::geography), geom
    FROM faces WHERE cardinality(owners) <> 1 AND ST_Area(geom::geography) >= 0.0001 -- less than a square centimetre is how numbers end, not a fault
    ORDER BY ST_Area(geom::geography) DESC, id;

    -- Rings run with their face on the left, so the face left of a line has the line's first segment in its ring, and the one on the right has it reversed.
    CREATE TEMP TABLE sides ON COMMIT DROP AS
    SELECT owners, ST_X(a) AS ax, ST_Y(a) AS ay, ST_X(b) AS bx, ST_Y(b) AS by
    FROM (SELECT f.owners, d.geom AS a, lead(d.geom) OVER (PARTITION BY f.id, d.path[1] ORDER BY d.path[2]) AS b
          FROM faces f CROSS JOIN LATERAL ST_DumpPoints(f.geom) d) s
    WHERE b IS NOT NULL;
    ANALYZE sides;

    CREATE TEMP TABLE owned ON COMMIT DROP AS
    WITH starts AS (
        SELECT geom, ST_X(ST_PointN(geom, 1)) AS ax, ST_Y(ST_PointN(geom, 1)) AS ay, ST_X(ST_PointN(geom, 2)) AS bx, ST_Y(ST_PointN(geom, 2)) AS by FROM noded),
    both_sides AS (
        SELECT n.geom, coalesce(l.owners, '{}') AS l, coalesce(r.owners, '{}') AS r
        FROM starts n
        LEFT JOIN sides l ON (l.ax, l.ay, l.bx, l.by) = (n.ax, n.ay, n.bx, n.by)
        LEFT JOIN sides r ON (r.ax, r.ay, r.bx, r.by) = (n.bx, n.by, n.ax, n.ay)),
    named AS (  -- where several own a side, the one that does not own the other
        SELECT geom, coalesce((SELECT min(c) FROM unnest(l) c WHERE c <> ALL (r)), l[1]) AS l, coalesce((SELECT min(c) FROM unnest(r) c WHERE c <> ALL (l)), r[1]) AS r
        FROM both_sides WHERE l <> r)
    SELECT least(l, r) AS left_code, CASE WHEN l IS NULL OR r IS NULL THEN NULL ELSE greatest(l, r) END AS right_code,
           CASE WHEN l IS NULL OR r < l THEN ST_Reverse(geom) ELSE geom END AS geom
    FROM named WHERE l IS DISTINCT FROM r;

    INSERT INTO edges (edition_id, level, left_code, right_code, kind, length_m, geom)
    WITH whole AS (
        SELECT row_number() OVER () AS id, w.left_code, w.right_code, d.geom
        FROM (SELECT left_code, right_code, ST_LineMerge(ST_Collect(geom), true) AS g FROM owned GROUP BY left_code, right_code) w, ST_Dump(w.g) d),
    wet AS (SELECT w.id, ST_Union(a.geom) AS water FROM whole w JOIN waters a ON a.geom && w.geom AND ST_Intersects(a.geom, w.geom) WHERE w.right_code IS NOT NULL GROUP BY w.id),
    cut AS (
        SELECT w.id, 'land' AS kind, d.geom FROM whole w JOIN wet USING (id), ST_Dump(ST_LineMerge(ST_Difference(w.geom, wet.water))) d
        UNION ALL
        SELECT w.id, 'river', d.geom FROM whole w JOIN wet USING (id), ST_Dump(ST_LineMerge(ST_CollectionExtract(ST_Intersection(w.geom, wet.water), 2))) d),
    pieces AS (
        SELECT w.left_code, w.right_code, c.kind,  -- overlay does not promise to keep a line's direction
               CASE WHEN ST_LineLocatePoint(w.geom, ST_LineInterpolatePoint(c.geom, 0.4)) <= ST_LineLocatePoint(w.geom, ST_LineInterpolatePoint(c.geom, 0.6)) THEN c.geom ELSE ST_Reverse(c.geom) END AS geom
        FROM cut c JOIN whole w USING (id) WHERE ST_Length(c.geom::geography) >= 0.01
        UNION ALL
        SELECT left_code, right_code, CASE WHEN right_code IS NULL THEN 'single' ELSE 'land' END, geom FROM whole WHERE id NOT IN (SELECT id FROM wet))
    SELECT of_edition, of_level, left_code, right_code, kind, ST_Length(geom::geography), geom FROM pieces
    ORDER BY left_code, right_code NULLS LAST, ST_YMax(geom) DESC, ST_XMin(geom), ST_Length(geom);

    RETURN QUERY SELECT (SELECT count(*) FROM edges WHERE edition_id = of_edition AND level = of_level),
                        (SELECT count(*) FROM seam_faults WHERE edition_id = of_edition AND level = of_level);
END $$;
