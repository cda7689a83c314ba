using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsMap.Web;

/// <summary>JSON that the database wrote and that goes out as it is.</summary>
[JsonConverter(typeof(RawJsonConverter))]
readonly record struct RawJson(string Text);

sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonElement.ParseValue(ref reader).GetRawText());

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text, skipInputValidation: true);
}
