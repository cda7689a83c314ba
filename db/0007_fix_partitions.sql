-- Fixes lie in one partition a UTC day. Made ahead, so that a fix always finds its day; attached after they are made, because that lets fixes in meanwhile.

CREATE FUNCTION keep_fix_partitions(at timestamptz, kept interval) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    day     date;
    name    text;
    changed int := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('keep_fix_partitions'));
    FOR day IN SELECT (at AT TIME ZONE 'UTC')::date + i FROM generate_series(-8, 2) i LOOP
        name := 'fixes_' || to_char(day, 'YYYYMMDD');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I (LIKE fixes INCLUDING ALL)', name);
            EXECUTE format('ALTER TABLE fixes ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, day || ' 00:00+00', day + 1 || ' 00:00+00');
            changed := changed + 1;
        END IF;
    END LOOP;
    FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'fixes'::regclass
                AND c.relname ~ '^fixes_\d{8}$' AND c.relname < 'fixes_' || to_char((at - kept) AT TIME ZONE 'UTC', 'YYYYMMDD') LOOP
        EXECUTE format('DROP TABLE %I', name);
        changed := changed + 1;
    END LOOP;
    RETURN changed;
END $$;

SELECT keep_fix_partitions(now(), '90 days');
