using System.Text.Json;

namespace Nakama.Server.Security;

/// <summary>The JSON form of <see cref="SessionToken"/>.</summary>
internal static class SessionTokenClaims
{
    public static void Write(Utf8JsonWriter json, SessionToken token)
    {
        json.WriteString("tid"u8, token.Id);
        json.WriteString("uid"u8, token.UserId);
        json.WriteString("usn"u8, token.Username);
        if (token.Vars.Count > 0)
        {
            json.WriteStartObject("vrs"u8);
            foreach (var (name, value) in token.Vars) json.WriteString(name, value);
            json.WriteEndObject();
        }

        json.WriteNumber("exp"u8, token.Expiry);
        json.WriteNumber("iat"u8, token.IssuedAt);
    }

    /// <summary>Null when a claim has the wrong type, the user is not an id, or there is no expiry.</summary>
    public static SessionToken? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var json = new Utf8JsonReader(payload);
            return Read(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader throws the second for text that is not valid UTF-8.
            return null;
        }
    }

    private static SessionToken? Read(ref Utf8JsonReader json)
    {
        string id = "", username = "";
        Dictionary<string, string>? vars = null;
        Guid? userId = null;
        long? expiry = null;
        var issuedAt = 0L;

        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("tid"u8))
            {
                if (!TryReadText(ref json, out id)) return null;
            }
            else if (json.ValueTextEquals("uid"u8))
            {
                if (!TryReadUserId(ref json, out var value)) return null;
                userId = value;
            }
            else if (json.ValueTextEquals("usn"u8))
            {
                if (!TryReadText(ref json, out username)) return null;
            }
            else if (json.ValueTextEquals("vrs"u8))
            {
                if (!TryReadVars(ref json, out vars)) return null;
            }
            else if (json.ValueTextEquals("exp"u8))
            {
                if (!TryReadSeconds(ref json, out var value)) return null;
                expiry = value;
            }
            else if (json.ValueTextEquals("iat"u8))
            {
                if (!TryReadSeconds(ref json, out issuedAt)) return null;
            }
            else
            {
                json.Skip();
            }
        }

        if (json.TokenType != JsonTokenType.EndObject || json.Read()) return null;
        if (userId is not { } user || expiry is not { } end) return null;
        var token = new SessionToken { Id = id, UserId = user, Username = username, Expiry = end, IssuedAt = issuedAt };
        return vars is null ? token : token with { Vars = vars };
    }

    private static bool TryReadText(ref Utf8JsonReader json, out string text)
    {
        json.Read();
        text = json.TokenType == JsonTokenType.String ? json.GetString()! : "";
        return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
    }

    private static bool TryReadUserId(ref Utf8JsonReader json, out Guid userId)
    {
        json.Read();
        userId = default;
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length > UuidText.MaxLength) return false;
        Span<char> text = stackalloc char[UuidText.MaxLength];
        return UuidText.TryParse(text[..json.CopyString(text)], out userId);
    }

    private static bool TryReadSeconds(ref Utf8JsonReader json, out long seconds)
    {
        json.Read();
        seconds = 0;
        return json.TokenType == JsonTokenType.Number && json.TryGetInt64(out seconds);
    }

    private static bool TryReadVars(ref Utf8JsonReader json, out Dictionary<string, string>? vars)
    {
        vars = null;
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return true;
        if (json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            if (!TryReadText(ref json, out var value)) return false;
            vars ??= new Dictionary<string, string>(StringComparer.Ordinal);
            vars[name] = value;
        }

        return true;
    }
}
