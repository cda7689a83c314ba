using System.Globalization;

namespace OpsMap.Web;

/// <summary>One page of a list: the next one is asked for with <c>cursor=next</c>; null ends it.</summary>
sealed record Page<T>(IReadOnlyList<T> Items, long Total, string? Next)
{
    /// <summary>The page that begins a list of up to one row more than was asked for; <paramref name="key"/> is what the next page begins after.</summary>
    public static Page<T> Of(List<T> rows, int limit, long total, Func<T, long> key) =>
        rows.Count <= limit ? new(rows, total, null) : new(rows[..limit], total, key(rows[limit - 1]).ToString(CultureInfo.InvariantCulture));

    public Page<TOther> Select<TOther>(Func<T, TOther> of) => new([.. Items.Select(of)], Total, Next);
}

/// <summary>Reads a query string with care; remembers the first thing wrong with it, so that a handler asks once, at the end.</summary>
sealed class Asked(HttpRequest request)
{
    public const int MostRows = 1000;

    /// <summary>What is wrong, quoting the value and saying what to send; null when all that was read is good.</summary>
    public string? Wrong { get; private set; }

    /// <summary>The value, null when absent or empty. Given twice is wrong: which one counts would be a guess.</summary>
    public string? Text(string name)
    {
        var values = request.Query[name];
        if (values.Count > 1) Blame($"{name} is given {values.Count} times: send it once, several values separated by commas");
        return values.ToString() is { Length: > 0 } text ? Checked(name, text) : null;
    }

    private string? Checked(string name, string text)
    {
        if (text.Contains('\0') || text.Length > 500) Blame($"{name} holds a NUL or is longer than 500 characters");
        return Wrong is null ? text : null;
    }

    /// <summary>Comma-separated values, null when absent; each must be one of <paramref name="allowed"/> where that is given.</summary>
    public string[]? List(string name, IReadOnlyCollection<string>? allowed = null)
    {
        // Given several times is as good as separated by commas.
        if ((request.Query[name].Count > 1 ? Checked(name, string.Join(',', request.Query[name].ToArray())) : Text(name)) is not { } text) return null;
        var values = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (allowed is not null && Array.Find(values, v => !allowed.Contains(v)) is { } stranger) Blame($"{name} '{stranger}' is unknown: send one of {string.Join(", ", allowed)}");
        return values;
    }

    /// <summary>One of the words, or the default.</summary>
    public string OneOf(string name, string otherwise, IReadOnlyCollection<string> allowed) => List(name, allowed) switch
    {
        null => otherwise,
        [var one] => one,
        _ => Blame($"{name} takes one value of {string.Join(", ", allowed)}") ?? otherwise,
    };

    public Bbox? Box(string name = "bbox")
    {
        if (Text(name) is not { } text) return null;
        var box = Bbox.Read(text, out var why);
        if (why is not null) Blame(why);
        return box;
    }

    /// <summary>A finite number in a range; null when absent.</summary>
    public double? Number(string name, double least, double most)
    {
        if (Text(name) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        Blame($"{name} '{text}' is not a number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}");
        return null;
    }

    /// <summary>An RFC 3339 instant with its offset; null when absent.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Rfc3339.Read(text.Replace(' ', '+')) is { } at) return at;
        Blame($"{name} '{text}' is not an RFC 3339 time with an offset: send such as 2026-11-20T08:00:00+08:00");
        return null;
    }

    public long? Id(string name)
    {
        if (Text(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return value;
        Blame($"{name} '{text}' is not a positive whole number");
        return null;
    }

    /// <summary>How many rows a page holds: 1 to <paramref name="most"/>, which is also what more than that gets.</summary>
    public int Limit(int otherwise = 100, int most = MostRows)
    {
        if (Text("limit") is not { } text) return otherwise;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1) return (int)Math.Min(value, most);
        Blame($"limit '{text}' is not a whole number from 1 on: send 1 to {most}");
        return otherwise;
    }

    /// <summary>The id after which the page begins.</summary>
    public long? Cursor()
    {
        if (Text("cursor") is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return value;
        Blame($"cursor '{text}' did not come from here: send the `next` of the page before");
        return null;
    }

    private string? Blame(string why)
    {
        Wrong ??= why;
        return null;
    }
}

/// <summary>RFC 3339 and nothing looser: date, T, time with seconds, and an offset.</summary>
static class Rfc3339
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The instant in UTC; null when the text is anything else.</summary>
    public static DateTimeOffset? Read(string text)
    {
        var upper = text.ToUpperInvariant();
        if (!upper.EndsWith('Z') && !(upper.Length > 6 && upper[^6] is '+' or '-' && upper[^3] == ':')) return null;
        if (upper.IndexOf('.') is > 0 and var dot) upper = Shorten(upper, dot);
        return DateTimeOffset.TryParseExact(upper, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
    }

    /// <summary>More than seven digits of a second are legal and more than a clock tick holds.</summary>
    private static string Shorten(string text, int dot)
    {
        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - dot - 1 <= 7 ? text : text[..(dot + 8)] + text[end..];
    }
}
