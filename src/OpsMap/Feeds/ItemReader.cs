using System.Globalization;
using System.Text.Json;
using OpsMap.Web;

namespace OpsMap.Feeds;

/// <summary>Why an item was not taken. <c>reason</c> is a code; <c>detail</c> quotes the bad value and says what to send.</summary>
sealed record Refusal(string Reason, string Detail)
{
    /// <summary>What it quotes may be cut in the middle of a character or hold a NUL; the answer and quarantine need text.</summary>
    public string Detail { get; } = Texts.Clean(Detail);
}

/// <summary>Reads the members of one item; remembers the first thing wrong with them.</summary>
sealed class ItemReader(JsonElement item)
{
    public Refusal? Refused { get; private set; }

    public void Refuse(string reason, string detail) => Refused ??= new(reason, detail);

    /// <summary>Refuses members that are not known, naming the first.</summary>
    public void KnowsOnly(string[] fields)
    {
        foreach (var member in item.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                Refuse("bad_field", "a member's name is not valid text: send UTF-8 without lone surrogates");
                return;
            }
            if (Array.IndexOf(fields, name) < 0) Refuse("unknown_field", $"'{Short(name)}' is unknown: send only {string.Join(", ", fields)}");
        }
    }

    /// <summary>A text, null where absent or null.</summary>
    public string? Text(string name, int most, string wrongKind = "bad_field")
    {
        if (Member(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse(wrongKind, $"{name} {Quote(value)} is {FeedBody.Kind(value)}: send a text");
            return null;
        }
        try
        {
            var text = value.GetString() ?? "";
            if (text.Contains('\0')) Refuse("bad_field", $"{name} contains U+0000, which cannot be stored: leave it out");
            else if (text.Length > most) Refuse("too_long", $"{name} has {text.Length} characters: send at most {most}");
            else return text;
        }
        catch (InvalidOperationException)
        {
            Refuse("bad_field", $"{name} is not valid text: send UTF-8 without lone surrogates");
        }
        return null;
    }

    /// <summary>A finite number in a range, null where absent or null.</summary>
    public double? Number(string name, double least, double most, string reason = "bad_field")
    {
        if (Member(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number) Refuse(reason, $"{name} {Quote(value)} is {FeedBody.Kind(value)}: send a number");
        else if (!value.TryGetDouble(out var number) || !double.IsFinite(number)) Refuse(reason, $"{name} {Quote(value)} is not a finite number");
        else if (number < least || number > most) Refuse(reason, $"{name} {Quote(value)} is not from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}");
        else return number;
        return null;
    }

    /// <summary>An RFC 3339 instant from 2000 until the latest that is believed; null where absent or null.</summary>
    public DateTimeOffset? Time(string name, DateTimeOffset earliest, DateTimeOffset latest)
    {
        if (Member(name) is not { } value) return null;
        if (Text(name, 40, "bad_time") is not { } text) return null;
        if (Rfc3339.Read(text) is not { } at) Refuse("bad_time", $"{name} '{text}' is not an RFC 3339 time with an offset: send such as 2026-11-20T08:00:00+08:00");
        else if (at < earliest) Refuse("bad_time", $"{name} '{text}' is before {earliest:yyyy-MM-dd'T'HH:mm:ss'Z'}, the earliest that is taken");
        else if (at > latest) Refuse("bad_time", $"{name} '{text}' is later than {latest:yyyy-MM-dd'T'HH:mm:ss'Z'}: check the sender's clock");
        else return at;
        return null;
    }

    /// <summary>A place in its datum; null where neither degree is given. Both degrees and the datum must be there or none.</summary>
    public Place? Place()
    {
        var datum = Datum();
        if (Member("lon") is null && Member("lat") is null) return null;
        if (Member("lon") is null || Member("lat") is null) Refuse("bad_coordinate", $"{(Member("lon") is null ? "lon" : "lat")} is missing: send both lon and lat, or neither");
        if (LooksSwapped()) Refuse("bad_coordinate", $"lat {Quote(Member("lat").GetValueOrDefault())} is not from -90 to 90: lon and lat look swapped");
        if (Number("lon", -180, 180, "bad_coordinate") is not { } lon || Number("lat", -90, 90, "bad_coordinate") is not { } lat) return null;
        if (Member("datum") is null) Refuse("datum_missing", $"datum is missing: say what lon and lat refer to, one of {string.Join(", ", Web.Datum.Names)}");
        if (datum is null) return null;
        var (wgsLon, wgsLat) = Web.Datum.ToWgs84(datum, lon, lat);
        return new(wgsLon, wgsLat, lon, lat, datum);
    }

    private string? Datum()
    {
        if (Text("datum", 40, "datum_unknown") is not { } sent) return null;
        var datum = Web.Datum.Known(sent);
        if (datum is null) Refuse("datum_unknown", $"datum '{sent}' is unknown: send one of {string.Join(", ", Web.Datum.Names)}");
        return datum;
    }

    private bool LooksSwapped() => Degrees("lon") is { } lon && Degrees("lat") is { } lat && Math.Abs(lat) is > 90 and <= 180 && Math.Abs(lon) <= 90;

    private double? Degrees(string name) => Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var degrees) ? degrees : null;

    private JsonElement? Member(string name) => item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Quote(JsonElement value) => $"'{Short(value.ValueKind == JsonValueKind.String ? value.GetRawText().Trim('"') : value.GetRawText())}'";

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;
}

/// <summary>A point in WGS-84 degrees, and as it was sent.</summary>
sealed record Place(double Lon, double Lat, double RawLon, double RawLat, string Datum);
