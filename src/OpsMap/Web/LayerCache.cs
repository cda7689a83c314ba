using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OpsMap.Areas;

namespace OpsMap.Web;

/// <summary>Layers that every page asks for and that change with the edition only: built once, then the same bytes, or 304 to whoever has them.</summary>
sealed class LayerCache
{
    private readonly ConcurrentDictionary<string, (string Tag, Lazy<Task<byte[]>> Bytes)> _layers = new();

    /// <summary>The layer of this name as of a version of its data.</summary>
    /// <param name="version">What the layer follows from besides the edition, such as a change counter; empty for nothing.</param>
    public async Task<FileContentHttpResult> AnswerAsync(HttpContext http, string name, Edition? edition, string version, Func<Task<IEnumerable<Feature>>> features)
    {
        var tag = $"\"{edition?.Tag ?? "none"}{version}\"";
        var layer = _layers.AddOrUpdate(name, _ => (tag, Build()), (_, known) => known.Tag == tag && !known.Bytes.IsFaulted() ? known : (tag, Build()));
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(await layer.Bytes.Value, GeoJson.MediaType, entityTag: new EntityTagHeaderValue(tag));

        Lazy<Task<byte[]>> Build() => new(async () => GeoJson.Collection(edition, edition is null ? [] : await features()));
    }
}

file static class LazyExtensions
{
    public static bool IsFaulted(this Lazy<Task<byte[]>> lazy) => lazy is { IsValueCreated: true, Value: { IsFaulted: true } or { IsCanceled: true } };
}
