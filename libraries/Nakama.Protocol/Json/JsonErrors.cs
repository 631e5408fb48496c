namespace Nakama.Protocol.Json;

/// <summary>Error messages for JSON that clients pass as text, with the wording that they expect.</summary>
public static class JsonErrors
{
    /// <summary>Why the text is not one JSON object, or <c>null</c> written out; null when it is.</summary>
    public static string? OfObject(ReadOnlySpan<byte> utf8)
    {
        if (JsonSyntax.FindFaultOfWhole(utf8) is { } fault) return fault;
        var kind = utf8.TrimStart(" \t\r\n"u8)[0] switch
        {
            (byte)'{' or (byte)'n' => null,
            (byte)'[' => "array",
            (byte)'"' => "string",
            (byte)'t' or (byte)'f' => "bool",
            _ => "number",
        };
        return kind is null ? null : $"json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}";
    }
}
