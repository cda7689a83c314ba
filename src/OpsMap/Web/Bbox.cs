using System.Globalization;

namespace OpsMap.Web;

/// <summary>A box in EPSG:4326 degrees: west, south, east, north.</summary>
readonly record struct Bbox(double West, double South, double East, double North)
{
    /// <summary>Reads <c>west,south,east,north</c>: four finite numbers in range, the first corner not beyond the second.</summary>
    /// <param name="why">What is wrong, quoting it; null when the box is good.</param>
    public static Bbox? Read(string text, out string? why)
    {
        var parts = text.Split(',');
        Span<double> n = stackalloc double[4];
        why = parts.Length == 4 ? null : $"bbox '{text}' has {parts.Length} part(s): send west,south,east,north in degrees, such as 114.2,30.5,114.4,30.7";
        for (var i = 0; why is null && i < 4; i++)
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out n[i]) || !double.IsFinite(n[i]))
                why = $"'{parts[i]}' in bbox is not a finite number: send west,south,east,north in degrees";
        if (why is not null) return null;
        var box = new Bbox(n[0], n[1], n[2], n[3]);
        why = box.Fault(text);
        return why is null ? box : null;
    }

    private string? Fault(string text) =>
        Math.Abs(West) > 180 || Math.Abs(East) > 180 ? $"bbox '{text}' leaves longitude -180 to 180"
        : Math.Abs(South) > 90 || Math.Abs(North) > 90 ? $"bbox '{text}' leaves latitude -90 to 90 (longitude comes first)"
        : West > East ? $"bbox '{text}': west {Text(West)} is greater than east {Text(East)}; a box across the 180th meridian is not answered"
        : South > North ? $"bbox '{text}': south {Text(South)} is greater than north {Text(North)}"
        : null;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
