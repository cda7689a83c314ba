using System.Security.Cryptography;
using System.Text;
using OpsMap.People;

namespace OpsMap.Live;

/// <summary>Decides what one caller is sent: its rights and its look together. A value for one moment; rights, look or areas that change make a new one.</summary>
sealed class LiveViewer
{
    private readonly Reach[] _reach = new Reach[Enum.GetValues<Topic>().Length];
    private readonly string[] _scopes;
    private readonly LiveLook _look;
    private readonly HashSet<string>? _areas;
    private readonly string[]? _status, _category, _feed, _level;

    public LiveViewer(Caller caller, LiveQuery query, LiveLook look, LivePicture picture)
    {
        foreach (var topic in query.Topics) _reach[(int)topic] = caller.Reach(OperationOf(topic));
        _scopes = caller.Scopes;
        _look = look;
        _areas = look.Areas is { } areas ? picture.Tree.Related(areas) : null;
        (_status, _category) = (look.Filters.GetValueOrDefault("status"), look.Filters.GetValueOrDefault("category"));
        (_feed, _level) = (look.Filters.GetValueOrDefault("feed"), look.Filters.GetValueOrDefault("level"));
    }

    public bool HasAreas => _areas is not null;

    /// <summary>The operation whose right a topic asks for.</summary>
    public static Operation OperationOf(Topic topic) => topic switch
    {
        Topic.Incidents => Operation.IncidentsRead,
        Topic.Positions => Operation.PositionsRead,
        Topic.Stations => Operation.StationsRead,
        Topic.Feeds => Operation.FeedsRead,
        Topic.Patrols => Operation.PatrolsRead,
        Topic.Gaps => Operation.GapsRead,
        _ => Operation.AreasRead,
    };

    /// <summary>Whether the caller has this item in its picture.</summary>
    public bool Shows(LiveItem? item) => item is not null && Sees(item.Topic, item.Scopes) && InLook(item);

    /// <summary>What a change is to this caller: the bytes to send, or null where nothing of it is the caller's.</summary>
    public byte[]? Of(LiveEntry entry)
    {
        if (Shows(entry.After)) return entry.After?.Put;
        return Shows(entry.Before) || (entry is { ScopesBefore: { } before, Topic: { } topic } && Sees(topic, before)) ? entry.Drop : null;
    }

    private bool Sees(Topic topic, string[] scopes) => _reach[(int)topic] switch
    {
        Reach.None => false,
        Reach.All => true,
        _ => Array.Exists(scopes, s => Array.IndexOf(_scopes, s) >= 0),
    };

    private bool InLook(LiveItem item) =>
        (_look.Bbox is not { } box || item is not { Lon: { } lon, Lat: { } lat } || (lon >= box[0] && lat >= box[1] && lon <= box[2] && lat <= box[3]))
        && (_areas is null || item.Areas is not { } areas || Array.Exists(areas, _areas.Contains))
        && Allows(_status, item.Traits.Status) && Allows(_feed, item.Traits.Feed) && Allows(_level, item.Traits.Level)
        && (Allows(_category, item.Traits.Category) || (item.Traits.Class is not null && Allows(_category, item.Traits.Class)));

    private static bool Allows(string[]? allowed, string? value) => allowed is null || value is null || Array.IndexOf(allowed, value) >= 0;

    /// <summary>The epoch as this caller is sent it. Who does not see the whole city has one of its own for each set of scopes, so that after a change of rights
    /// nobody goes on from a picture that was drawn with other rights.</summary>
    public static string EpochFor(Guid epoch, Caller caller, LiveQuery query)
    {
        if (query.Topics.All(t => caller.Reach(OperationOf(t)) == Reach.All)) return epoch.ToString();
        var rights = $"{epoch} {caller.Role} {string.Join(' ', caller.Scopes.Order(StringComparer.Ordinal))}";
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(rights)).AsSpan(0, 16)).ToString();
    }
}
