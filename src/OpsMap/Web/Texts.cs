using System.Text;

namespace OpsMap.Web;

/// <summary>Text from outside that is to be quoted, stored and sent again.</summary>
static class Texts
{
    /// <summary>The same text as the database and UTF-8 can hold it: NUL and lone surrogates become U+FFFD.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0')) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        return clean.ToString();
    }
}
