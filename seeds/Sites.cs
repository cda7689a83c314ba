namespace OpsMap.Seeds;

/// <summary>A located street and the point its cell grows from.</summary>
/// <param name="Moved">How far the point was moved, in metres; zero for most.</param>
sealed record Site(StreetFact Street, XY Point, Bank Bank, double Moved)
{
    public string DistrictCode => Street.Code[..6] + "000000";
}

/// <summary>The streets that have a point, each on its district's side of the rivers and clear of the water.</summary>
static class Sites
{
    const double ClearMeters = 150;

    /// <summary>The point of Datan is also that of Wuhu street.</summary>
    const string Datan = "420116402000";
    static readonly XY DatanMove = new(300, 0);

    public static Site[] Place(IReadOnlyList<StreetFact> streets, Rivers rivers) => [.. streets.SelectMany(s => Place(s, rivers))];

    static IEnumerable<Site> Place(StreetFact street, Rivers rivers)
    {
        if (street is not { Lon: { } lon, Lat: { } lat }) yield break;
        var (given, bank) = (Plane.FromDegrees(lon, lat), BankOfDistrict(street.Code));
        var point = street.Code == Datan ? given + DatanMove : given;
        point = Aside(rivers.Yangtze, point, left: bank != Bank.Wuchang);
        if (bank != Bank.Wuchang) point = Aside(rivers.Han, point, left: bank == Bank.Hankou);
        yield return new Site(street, point, bank, given.To(point));
    }

    /// <summary>The point itself, or the nearest one on the wanted side that is clear of the water.</summary>
    static XY Aside(River river, XY point, bool left)
    {
        var (distance, at, isLeft, segment) = river.Nearest(point);
        var clear = river.HalfWidth(segment) + ClearMeters;
        return isLeft == left && distance >= clear ? point : at + river.Across(segment) * (left ? clear : -clear);
    }

    static Bank BankOfDistrict(string code) => code[..6] switch
    {
        "420102" or "420103" or "420104" or "420112" or "420116" or "420117" => Bank.Hankou,
        "420105" or "420113" or "420114" => Bank.Hanyang,
        _ => Bank.Wuchang,
    };
}
