using System.Security.Cryptography;
using System.Text;
using Npgsql;
using OpsMap.Data;

namespace OpsMap.Live;

/// <summary>What a picture comes to, so that two can be compared.</summary>
sealed class DigestStore(NpgsqlDataSource db)
{
    /// <summary>The database's picture and its number, as of one instant.</summary>
    public async Task<PictureDigest> ReadAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using var asked = LiveLogStore.HeadCommand(connection);
        var head = await LiveLogStore.HeadAsync(asked, ct);
        var topics = await connection.QueryAsync("""
            SELECT topic, count(*)::int, encode(sha256(string_agg(id || ':' || version, ',' ORDER BY id)::bytea), 'hex') FROM live_picture GROUP BY topic ORDER BY topic
            """, r => (r.GetString(0), new TopicDigest(r.GetInt32(1), r.GetString(2))), ct);
        await transaction.CommitAsync(ct);
        return new PictureDigest(head.Epoch, head.N, topics.ToDictionary(t => t.Item1, t => t.Item2));
    }

    /// <summary>The same of a picture in memory.</summary>
    public static PictureDigest Of(LivePicture picture)
    {
        Topic[] all = [.. Enum.GetValues<Topic>().Where(t => t != Topic.Positions)];
        var (state, items) = picture.Snapshot(all);
        return new PictureDigest(state.Epoch, state.N, all.Zip(items).Where(t => t.Second.Length > 0).OrderBy(t => LiveJson.NameOf(t.First), StringComparer.Ordinal)
            .ToDictionary(t => LiveJson.NameOf(t.First), t => new TopicDigest(t.Second.Length, Hash(t.Second))));
    }

    private static string Hash(IEnumerable<LiveItem> items) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', items.OrderBy(i => i.Id).Select(i => $"{i.Id}:{i.Version}")))));
}

/// <summary>The answer of /api/digest.</summary>
sealed record Digest(PictureDigest Node, PictureDigest Database);

/// <summary>One picture as of the number <paramref name="N"/>.</summary>
sealed record PictureDigest(Guid Epoch, long N, IReadOnlyDictionary<string, TopicDigest> Topics);

/// <summary>SHA-256 over the id:version pairs of a topic, ordered by id.</summary>
sealed record TopicDigest(int Count, string Hash);
