using System.Text.Json;
using OpsMap.Simulator.Wire;

namespace OpsMap.Simulator.Ground;

/// <summary>Reads the city as an operator, waiting calmly until there is one.</summary>
sealed class CityReader(Server server, TimeProvider clock)
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task<City> ReadAsync(CancellationToken ct)
    {
        for (var wait = First; ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            server.Accounts.Read();
            if (server.Accounts.FirstOf("operator") is { } reader && await TryReadAsync(reader, ct) is { Streets.Count: > 0 } city) return city;
            await Task.Delay(wait, clock, ct);
        }
    }

    /// <summary>Null when the server refuses a part of it. Water is an extra: without it everything counts as dry.</summary>
    async Task<City?> TryReadAsync(Person reader, CancellationToken ct)
    {
        var streets = await ReadAsync(reader, "/api/areas?level=street&f=geojson", CityJson.Streets, ct);
        if (streets is not { Count: > 0 }) return null;
        var edges = await ReadAsync(reader, "/api/edges?f=geojson", CityJson.Edges, ct);
        var waters = await ReadAsync(reader, "/api/waters?f=geojson", CityJson.Waters, ct);
        var categories = await server.GetAsync(reader, "/api/categories?limit=1000", Messages.Default.CategoryList, ct);
        var departments = await server.GetAsync(reader, "/api/departments?limit=1000", Messages.Default.DepartmentList, ct);
        var units = await server.GetAsync(reader, "/api/units?limit=1000", Messages.Default.UnitList, ct);
        if (edges is null || categories is null || departments is null || units is null) return null;
        return new City(
            streets, edges, waters ?? [],
            [.. categories.Items.Select(item => new Category(item.Code, item.NameZh ?? item.Code))],
            [.. departments.Items.Select(item => new Department(item.Code, item.Name ?? "", item.Level ?? "", item.AreaCode))],
            [.. units.Items.Select(item => new Unit(item.Code, item.Kind ?? "", item.Street))]);
    }

    async Task<IReadOnlyList<T>?> ReadAsync<T>(Person reader, string path, Func<JsonElement, IReadOnlyList<T>> read, CancellationToken ct)
    {
        using var document = await server.GetDocumentAsync(reader, path, ct);
        return document is null ? null : read(document.RootElement);
    }
}
