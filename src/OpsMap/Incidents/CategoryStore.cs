using Npgsql;
using OpsMap.Data;

namespace OpsMap.Incidents;

/// <summary>What a case is about; codes are data.</summary>
/// <param name="Kind">event, or component: a fixed city asset.</param>
/// <param name="Severity">1 (gravest) to 4.</param>
sealed record Category(string Code, string NameZh, string NameEn, string Kind, int Severity);

/// <summary>A body that cases are handed to.</summary>
/// <param name="Level">city, district or street.</param>
sealed record Department(string Code, string Name, string Level, string? AreaCode);

/// <summary>Tables <c>categories</c> and <c>departments</c>.</summary>
sealed class CategoryStore(NpgsqlDataSource db)
{
    public Task<List<Category>> ListAsync(CancellationToken ct) => db.QueryAsync("SELECT code, name_zh, name_en, kind, severity FROM categories ORDER BY severity, code LIMIT 10000",
        r => new Category(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt32(4)), ct);

    public Task<List<Department>> DepartmentsAsync(CancellationToken ct) => db.QueryAsync("SELECT code, name, level, area_code FROM departments ORDER BY id LIMIT 10000",
        r => new Department(r.GetString(0), r.GetString(1), r.GetString(2), r.Text(3)), ct);
}
