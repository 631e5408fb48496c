using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nakama.Console.Nodes;

/// <summary>The JSON form of the console API: names with underscores, 64-bit numbers as text.</summary>
internal static class NodeJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
