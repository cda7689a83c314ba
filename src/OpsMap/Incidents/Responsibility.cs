namespace OpsMap.Incidents;

/// <summary>An area that may be responsible for a point.</summary>
/// <param name="DistanceM">Metres from the point to the area, 0 inside.</param>
/// <param name="Contains">The area covers the point, its outline included.</param>
sealed record Candidate(string Code, string Name, double DistanceM, bool Contains);

sealed record AreaName(string Code, string Name);

sealed record CommitteeName(long Id, string Name);

/// <summary>A joint committee and the areas it covers, as far as the decision asks.</summary>
sealed record CommitteeReach(long Id, string Name, string[] Areas);

/// <summary>The edition that a decision used, with the status of its lines.</summary>
sealed record EditionName(long Id, string Name, string LegalStatus);

/// <summary>Whose a place is, and why. <c>class</c> is sole, shared or none; <c>area</c> is null where it is nobody's.</summary>
/// <param name="Candidates">The containing area and all within the corridor, by distance, then code.</param>
/// <param name="Agreement">The agreement that settles it; none are kept yet.</param>
/// <param name="Committee">The joint committee that covers the area and a neighbour within the corridor.</param>
/// <param name="Rule">inside | line_lowest_code | none</param>
/// <param name="Reason">inside | in_corridor | on_line | outside | no_location | no_edition</param>
sealed record Decision(
    string Class, AreaName? Area, IReadOnlyList<Candidate> Candidates, object? Agreement, CommitteeName? Committee, EditionName? Edition, string Rule, string Reason);

/// <summary>Decides whose a place is. Pure: the same candidates always give the same answer.</summary>
static class Responsibility
{
    /// <summary>Neighbours this near are asked too.</summary>
    public const double CorridorMeters = 50;

    /// <summary>This near to the line is on it: nobody surveys finer.</summary>
    public const double OnTheLineMeters = 0.01;

    /// <summary>Inside one alone: sole. Inside one with others in the corridor: shared, and the one's. On the line: shared, and the lowest code's. Outside: nobody's.</summary>
    /// <param name="near">Every area that covers the point or is within the corridor, in any order.</param>
    /// <param name="committees">The committees that cover any of them.</param>
    public static Decision Decide(IReadOnlyCollection<Candidate> near, IReadOnlyCollection<CommitteeReach> committees, EditionName edition)
    {
        Candidate[] candidates = [.. near.OrderBy(c => c.DistanceM).ThenBy(c => c.Code, StringComparer.Ordinal)];
        Candidate[] onTheLine = [.. candidates.Where(c => c.Contains || c.DistanceM <= OnTheLineMeters)];
        if (onTheLine.Length == 0) return new("none", null, candidates, null, null, edition, "none", "outside");

        var owner = onTheLine.MinBy(c => c.Code, StringComparer.Ordinal) ?? onTheLine[0];
        var (@class, rule, reason) = onTheLine.Length > 1 ? ("shared", "line_lowest_code", "on_line")
            : candidates.Length > 1 ? ("shared", "inside", "in_corridor")
            : ("sole", "inside", "inside");
        return new(@class, new(owner.Code, owner.Name), candidates, null, Between(owner, candidates, committees), edition, rule, reason);
    }

    /// <summary>Nobody's, because the report names no place.</summary>
    public static Decision Unlocated(EditionName? edition) => new("none", null, [], null, null, edition, "none", "no_location");

    /// <summary>Nobody's, because no edition was in force then.</summary>
    public static Decision NoEdition { get; } = new("none", null, [], null, null, null, "none", "no_edition");

    /// <summary>The streets whose people may read the case: its own, and those in the corridor that share a committee with it.</summary>
    public static IEnumerable<string> Streets(Decision decision, IReadOnlyCollection<CommitteeReach> committees) => decision.Area is not { Code: var own } ? []
        : decision.Candidates.Select(c => c.Code).Where(code => code == own || committees.Any(c => c.Areas.Contains(own) && c.Areas.Contains(code)));

    /// <summary>The committee that covers the owner and most of the others; the oldest of several.</summary>
    private static CommitteeName? Between(Candidate owner, Candidate[] candidates, IReadOnlyCollection<CommitteeReach> committees)
    {
        var best = committees.Where(c => c.Areas.Contains(owner.Code))
            .Select(c => (c.Id, c.Name, Covered: candidates.Count(n => n.Code != owner.Code && c.Areas.Contains(n.Code))))
            .Where(c => c.Covered > 0).OrderByDescending(c => c.Covered).ThenBy(c => c.Id).FirstOrDefault();
        return best.Name is null ? null : new(best.Id, best.Name);
    }
}
