namespace OpsMap.Simulator.Ground;

/// <summary>One street as the simulator sees it. <c>Label</c>: a place inside it.</summary>
sealed record Street(string Code, string Name, string District, Spot Label, Region Region);

/// <summary>A line between two streets; <c>Right</c> is null at the city's rim. <c>Kind</c>: land, river, single.</summary>
sealed record Edge(string Left, string? Right, string Kind, Line Line);

sealed record Category(string Code, string Name);

/// <summary>A body that cases are handed to. <c>Level</c>: city, district, street; <c>Area</c>: the code it is competent for, null for the whole city.</summary>
sealed record Department(string Code, string Name, string Level, string? Area);

/// <summary>A team or vehicle. <c>Kind</c>: foot, vehicle, sanitation.</summary>
sealed record Unit(string Code, string Kind, string? Street);

/// <summary>Everything the simulator knows of the city, read once from the server.</summary>
sealed record City(
    IReadOnlyList<Street> Streets,
    IReadOnlyList<Edge> Edges,
    IReadOnlyList<Region> Waters,
    IReadOnlyList<Category> Categories,
    IReadOnlyList<Department> Departments,
    IReadOnlyList<Unit> Units)
{
    readonly Dictionary<string, Street> byCode = Streets.GroupBy(street => street.Code).ToDictionary(same => same.Key, same => same.First());

    public Street? Find(string? code) => code is not null && byCode.TryGetValue(code, out var street) ? street : null;

    public bool OnWater(Spot spot) => Waters.Any(water => water.Contains(spot));

    /// <summary>The parts of a boundary line on which somebody can stand; none of one that runs along a river.</summary>
    public IEnumerable<Edge> DryParts(Edge edge)
    {
        if (edge.Kind == "river") yield break;
        var part = new List<Spot>();
        foreach (var (spot, last) in edge.Line.Spots.Select((spot, i) => (spot, i == edge.Line.Spots.Count - 1)))
        {
            bool dry = !OnWater(spot);
            if (dry) part.Add(spot);
            if (dry && !last) continue;
            if (part.Count > 1) yield return edge with { Line = new Line(part) };
            part.Clear();
        }
    }
}
