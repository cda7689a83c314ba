namespace OpsMap.Seeds;

/// <summary>The seven districts of the inner city, by the first six digits of a code.</summary>
static class InnerCity
{
    public const string Jiangan = "420102", Jianghan = "420103";

    static readonly string[] Districts = [Jiangan, Jianghan, "420104", "420105", "420106", "420107", "420111"];

    public static bool Holds(Site site) => Districts.Contains(site.Street.Code[..6]);
}
