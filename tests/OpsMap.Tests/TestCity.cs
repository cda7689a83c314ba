namespace OpsMap.Tests;

/// <summary>
/// Four square streets of 0.02 degrees, two and two: 甲 (south-west) and 乙 (south-east) share a committee, 丙 (north-west) has none,
/// 丁 (north-east) is another district's. Their common corner is 114.30, 30.60.
/// </summary>
static class TestCity
{
    public const string Jia = "420102001000", Yi = "420102002000", Bing = "420102003000", Ding = "420103001000";

    /// <summary>Well inside each street.</summary>
    public static readonly (double Lon, double Lat) InJia = (114.29, 30.59), InYi = (114.31, 30.59), InBing = (114.29, 30.61), InDing = (114.31, 30.61);

    /// <summary>About 10 m inside 甲, in the corridor to 乙.</summary>
    public static readonly (double Lon, double Lat) InJiaByYi = (114.2999, 30.59);

    public const string Sql = """
        INSERT INTO settings (key, value) VALUES ('city.name', '"测试市"'), ('city.demo', 'false'), ('city.seeded', 'true');
        INSERT INTO editions (name, valid_from, legal_status, source) VALUES ('测试版', '2020-01-01T00:00:00+08:00', 'schematic', 'tests');
        INSERT INTO areas (edition_id, level, code, name, parent_code, kind, geom, label)
        SELECT 1, a.level, a.code, a.name, a.parent, a.kind, ST_Multi(ST_MakeEnvelope(w, s, e, n, 4326)), ST_SetSRID(ST_MakePoint((w + e) / 2, (s + n) / 2), 4326)
        FROM (VALUES
            ('city', '420100000000', '测试市', NULL, '市', 114.28, 30.58, 114.32, 30.62),
            ('street', '420102001000', '甲街道', '420102000000', '街道', 114.28, 30.58, 114.30, 30.60),
            ('street', '420102002000', '乙街道', '420102000000', '街道', 114.30, 30.58, 114.32, 30.60),
            ('street', '420102003000', '丙街道', '420102000000', '街道', 114.28, 30.60, 114.30, 30.62),
            ('street', '420103001000', '丁街道', '420103000000', '街道', 114.30, 30.60, 114.32, 30.62),
            ('community', '420102001001', '甲一社区', '420102001000', '社区', 114.28, 30.58, 114.29, 30.60),
            ('community', '420102001002', '甲二社区', '420102001000', '社区', 114.29, 30.58, 114.30, 30.60)
        ) a (level, code, name, parent, kind, w, s, e, n);
        INSERT INTO areas (edition_id, level, code, name, parent_code, kind, geom, label)
        SELECT 1, 'district', d.code, d.name, '420100000000', '区', ST_Multi(ST_Union(s.geom)), ST_PointOnSurface(ST_Union(s.geom))
        FROM (VALUES ('420102000000', '东区'), ('420103000000', '西区')) d (code, name) JOIN areas s ON s.level = 'street' AND s.parent_code = d.code GROUP BY d.code, d.name ORDER BY d.code;
        INSERT INTO edges (edition_id, level, left_code, right_code, kind, length_m, geom)
        SELECT 1, 'street', e.l, e.r, CASE WHEN e.r IS NULL THEN 'single' ELSE 'land' END, ST_Length(e.g::geography), e.g
        FROM (VALUES
            ('420102001000', '420102002000', ST_GeomFromText('LINESTRING(114.30 30.58, 114.30 30.60)', 4326)),
            ('420102003000', '420102001000', ST_GeomFromText('LINESTRING(114.28 30.60, 114.30 30.60)', 4326)),
            ('420103001000', '420102002000', ST_GeomFromText('LINESTRING(114.30 30.60, 114.32 30.60)', 4326)),
            ('420102003000', '420103001000', ST_GeomFromText('LINESTRING(114.30 30.60, 114.30 30.62)', 4326)),
            ('420102001000', NULL, ST_GeomFromText('LINESTRING(114.28 30.60, 114.28 30.58, 114.30 30.58)', 4326))
        ) e (l, r, g);
        INSERT INTO waters (code, name, kind, geom) VALUES ('river', '测河', 'river', ST_Multi(ST_MakeEnvelope(114.28, 30.578, 114.32, 30.5805, 4326)));
        INSERT INTO banks (water_code, side, geom) VALUES ('river', 'left', ST_GeomFromText('LINESTRING(114.28 30.5805, 114.32 30.5805)', 4326));
        INSERT INTO committees (name, kind, level, constitution, example) VALUES ('甲乙区域联合党委', '区域联合党委', 'street',
            '{"chair": "lead street''s secretary", "rota": "monthly", "meetings": "quarterly", "member_classes": ["街道", "单位"]}', true);
        INSERT INTO committee_areas (committee_id, area_code, lead) VALUES (1, '420102001000', true), (1, '420102002000', false);
        INSERT INTO committee_members (committee_id, class, name) VALUES (1, '街道', '甲街道'), (1, '街道', '乙街道');
        INSERT INTO departments (code, name, level, area_code) VALUES
            ('office-420102001', '甲街道办事处', 'street', '420102001000'), ('office-420102002', '乙街道办事处', 'street', '420102002000'), ('lighting', '路灯管理处', 'city', NULL);
        INSERT INTO units (code, name, kind, street_code, department_code) VALUES
            ('jia-foot-1', '甲巡查01组', 'foot', '420102001000', 'office-420102001'), ('yi-foot-1', '乙巡查01组', 'foot', '420102002000', 'office-420102002');
        INSERT INTO stations (code, kind, name, street_code, community_code, services, hours, capacity, geom) VALUES
            ('st-1', '社区党群服务中心', '甲一社区党群服务中心', '420102001000', '420102001001', '{饮水,休息}', '08:30-20:30', 20, ST_SetSRID(ST_MakePoint(114.285, 30.59), 4326)),
            ('st-2', '户外工作者驿站', '乙街道户外工作者驿站', '420102002000', NULL, '{充电}', '00:00-24:00', 10, ST_SetSRID(ST_MakePoint(114.31, 30.59), 4326));
        INSERT INTO categories (code, name_zh, name_en, kind, severity) VALUES ('manhole', '井盖破损', 'Broken manhole cover', 'component', 2), ('street-light', '路灯不亮', 'Street light out', 'component', 3);
        INSERT INTO feeds (code, name, kind) VALUES ('test', '测试数据源', 'both'), ('other', '另一数据源', 'incidents');
        INSERT INTO feed_keys (feed_id, hash, prefix) VALUES (1, sha256('test-key'), 'test'), (2, sha256('other-key'), 'othe');
        INSERT INTO users (name, display_name, role, area_code, unit_code, password_hash) VALUES
            ('operator', '演示用户01', 'operator', NULL, NULL, '@password@'), ('dispatcher', '演示用户02', 'dispatcher', NULL, NULL, '@password@'),
            ('duty-lead', '演示用户03', 'duty-lead', NULL, NULL, '@password@'), ('street-chief', '演示用户04', 'street-chief', '420102001000', NULL, '@password@'),
            ('street-staff', '演示用户05', 'street-staff', '420102002000', NULL, '@password@'), ('responder', '演示用户06', 'responder', NULL, 'office-420102001', '@password@'),
            ('patroller', '演示用户07', 'patroller', NULL, 'jia-foot-1', '@password@'), ('planner', '演示用户08', 'planner', NULL, NULL, '@password@'),
            ('reporter', '演示用户09', 'reporter', NULL, NULL, '@password@'), ('wall', '演示用户10', 'wall', NULL, NULL, '@password@'),
            ('auditor', '演示用户11', 'auditor', NULL, NULL, '@password@'), ('admin', '演示用户12', 'admin', NULL, NULL, '@password@'),
            ('chief-of-bing', '演示用户13', 'street-chief', '420102003000', NULL, '@password@'), ('disabled', '演示用户14', 'operator', NULL, NULL, '@password@');
        UPDATE users SET disabled_at = now() WHERE name = 'disabled';
        """;
}
