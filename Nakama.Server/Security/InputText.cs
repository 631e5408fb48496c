using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Security;

/// <summary>
/// The allowed form of names, ids and addresses. Character classes are ASCII only and lengths are in UTF-8 bytes, as
/// clients of the reference server expect.
/// </summary>
public static class InputText
{
    public const int MaxUsernameBytes = 128;
    public const int MinDeviceIdBytes = 10;
    public const int MaxDeviceIdBytes = 128;
    public const int MinCustomIdBytes = 6;
    public const int MaxCustomIdBytes = 128;
    public const int MinEmailBytes = 10;
    public const int MaxEmailBytes = 255;
    public const int MinPasswordBytes = 8;

    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int RandomUsernameLength = 10;

    private static readonly SearchValues<char> Control = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '\x7F']);

    private static readonly SearchValues<char> ControlOrSpace = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '\x7F', ' ']);

    /// <summary>
    /// Whether a username has a forbidden character. Spaces are allowed and <c>[]</c> is not: this follows the reference server's
    /// pattern, which differs from its message.
    /// </summary>
    public static bool IsBadUsername(string username) =>
        username.AsSpan().ContainsAny(Control) || username.Contains("[]", StringComparison.Ordinal);

    /// <summary>Whether an id or address has a blank or a control character.</summary>
    public static bool HasSpaceOrControl(string text) => text.AsSpan().ContainsAny(ControlOrSpace);

    /// <summary>Whether the length of the text in UTF-8 bytes is between two bounds, both inclusive.</summary>
    public static bool HasLength(string text, int min, int max) => Encoding.UTF8.GetByteCount(text) is var bytes && bytes >= min && bytes <= max;

    /// <summary>Whether the text has something before an at sign, between it and a dot, and after the dot.</summary>
    public static bool IsEmail(string text)
    {
        if (text.Length < 2) return false;
        var at = text.IndexOf('@', 1);
        var dot = text.LastIndexOf('.', text.Length - 2);
        return at >= 1 && dot >= at + 2;
    }

    /// <summary>A username for a user that chose none.</summary>
    public static string RandomUsername() => RandomNumberGenerator.GetString(Letters, RandomUsernameLength);
}
