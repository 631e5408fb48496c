using System.Buffers.Text;
using System.Text.Json;
using Nakama.Protocol.Console;

namespace Nakama.Console.Access;

/// <summary>
/// The claims of a console token. They are only read here, to show or hide elements; the node checks at every call
/// whether the token is valid and its rights are sufficient.
/// </summary>
public sealed class ConsoleToken
{
    private const int RightsPerResource = 3;

    private readonly byte[] _rights;

    private ConsoleToken(string text, string username, string email, DateTimeOffset expiresAt, byte[] rights)
    {
        Text = text;
        Username = username;
        Email = email;
        ExpiresAt = expiresAt;
        _rights = rights;
    }

    public string Text { get; }

    public string Username { get; }

    /// <summary>Empty when the token has none.</summary>
    public string Email { get; }

    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Whether the operator has all rights.</summary>
    public bool IsAdmin => _rights.Length > 0 && Array.TrueForAll(_rights, static rights => rights == byte.MaxValue);

    public bool Permits(AclResources resource, Right right)
    {
        var bit = (int)resource * RightsPerResource + (int)right;
        return bit / 8 < _rights.Length && (_rights[bit / 8] & (0x80 >> (bit % 8))) != 0;
    }

    /// <summary>Null when the text is not a console token.</summary>
    public static ConsoleToken? Read(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3) return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            var root = claims.RootElement;
            return new ConsoleToken(
                text,
                Text("usn"),
                Text("ema"),
                DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp").GetInt64()),
                Base64Url.DecodeFromChars(Text("acl")));

            string Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        }
        catch (Exception error) when (error is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
