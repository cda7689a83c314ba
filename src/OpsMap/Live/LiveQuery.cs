using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace OpsMap.Live;

/// <summary>What a client asks to see.</summary>
/// <param name="Bbox">West, south, east, north in degrees, borders included; null for everywhere. What has no place is in every bbox, so that an unlocated report stays in sight.</param>
/// <param name="Areas">Codes; shown is what belongs to one of them, to an area inside or to an area around; null for all.</param>
/// <param name="Filters">Allowed values by name (status, category, feed, level); a topic without such a thing is not filtered by it.</param>
sealed record LiveLook(double[]? Bbox, string[]? Areas, IReadOnlyDictionary<string, string[]> Filters)
{
    private const int MostAreas = 500, MostValues = 100;
    private static readonly string[] FilterNames = ["status", "category", "feed", "level"];

    /// <summary>Reads the argument of <c>Look</c>.</summary>
    /// <exception cref="HubException">Something in it is not what the contract knows; the message names it.</exception>
    public static LiveLook Read(JsonElement asked) => Read(asked, ["bbox", "areas", "filters"]);

    internal static LiveLook Read(JsonElement asked, string[] known)
    {
        if (asked.ValueKind != JsonValueKind.Object) throw new HubException($"Send one object with {string.Join(", ", known)}.");
        foreach (var property in asked.EnumerateObject())
            if (!known.Contains(property.Name)) throw new HubException($"Unknown member '{property.Name}': send {string.Join(", ", known)}.");
        return new LiveLook(BboxOf(asked), Member(asked, "areas") is { } areas ? Texts("areas", areas, MostAreas) : null, FiltersOf(asked));
    }

    private static double[]? BboxOf(JsonElement asked)
    {
        if (Member(asked, "bbox") is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 4 || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.Number || !double.IsFinite(v.GetDouble())))
            throw new HubException($"bbox {Quote(value)} is not four finite numbers: send [west, south, east, north] in degrees.");
        double[] box = [.. value.EnumerateArray().Select(v => v.GetDouble())];
        if (box[0] > box[2] || box[1] > box[3]) throw new HubException($"bbox {Quote(value)} ends before it begins: send [west, south, east, north].");
        return box;
    }

    private static Dictionary<string, string[]> FiltersOf(JsonElement asked)
    {
        if (Member(asked, "filters") is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Object) throw new HubException("filters is an object of arrays, such as {\"status\": [\"reported\"]}.");
        var filters = new Dictionary<string, string[]>();
        foreach (var filter in value.EnumerateObject())
        {
            if (!FilterNames.Contains(filter.Name)) throw new HubException($"Unknown filter '{filter.Name}': send {string.Join(", ", FilterNames)}.");
            if (filter.Value.ValueKind != JsonValueKind.Null) filters[filter.Name] = Texts($"filters.{filter.Name}", filter.Value, MostValues);
        }
        return filters;
    }

    internal static string[] Texts(string name, JsonElement value, int most)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String)) throw new HubException($"{name} {Quote(value)} is not an array of texts.");
        if (value.GetArrayLength() > most) throw new HubException($"{name} holds {value.GetArrayLength()} values: send at most {most}.");
        return [.. value.EnumerateArray().Select(v => v.GetString() ?? "")];
    }

    internal static JsonElement? Member(JsonElement asked, string name) => asked.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    internal static string Quote(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : value.GetRawText();
}

/// <summary>The argument of <c>Watch</c>.</summary>
/// <param name="Since">The last number the client has applied, to go on from there: only with the topics and the look it had then, and with the epoch it was sent.</param>
sealed record LiveQuery(Topic[] Topics, LiveLook Look, long? Since, string? Epoch)
{
    /// <inheritdoc cref="LiveLook.Read(JsonElement)"/>
    public static LiveQuery Read(JsonElement asked)
    {
        var look = LiveLook.Read(asked, ["topics", "bbox", "areas", "filters", "since", "epoch"]);
        if (LiveLook.Member(asked, "topics") is not { } named) throw new HubException($"topics is missing: send some of {string.Join(", ", LiveJson.Topics)}.");
        var names = LiveLook.Texts("topics", named, 50);
        if (names.Length == 0) throw new HubException($"topics is empty: send some of {string.Join(", ", LiveJson.Topics)}.");
        Topic[] topics = [.. names.Select(name => LiveJson.TopicOf(name) ?? throw new HubException($"Unknown topic '{name}': send some of {string.Join(", ", LiveJson.Topics)}.")).Distinct().Order()];
        return new LiveQuery(topics, look, SinceOf(asked), EpochOf(asked));
    }

    private static long? SinceOf(JsonElement asked) => LiveLook.Member(asked, "since") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var since) && since >= 0 => since,
        { } value => throw new HubException($"since {LiveLook.Quote(value)} is not a whole number from 0 on: send the last `to`."),
    };

    private static string? EpochOf(JsonElement asked) => LiveLook.Member(asked, "epoch") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } value => throw new HubException($"epoch {LiveLook.Quote(value)} is not a text: send it as it came."),
    };
}
