using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Security;

/// <summary>
/// What names, ids and addresses may look like. Classes of characters are ASCII only and lengths are UTF-8 bytes, as
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
    /// Whether a username has a forbidden character. Spaces pass and <c>[]</c> does not: the reference server's
    /// pattern says so, whatever its message claims.
    /// </summary>
    public static bool IsBadUsername(string username) =>
        username.AsSpan().ContainsAny(Control) || username.Contains("[]", StringComparison.Ordinal);

    /// <summary>Whether an id or address has a blank or a control character.</summary>
    public static bool HasSpaceOrControl(string text) => text.AsSpan().ContainsAny(ControlOrSpace);

    /// <summary>Whether the text is between two lengths in UTF-8 bytes, both allowed.</summary>
    public static bool HasLength(string text, int min, int max) => Encoding.UTF8.GetByteCount(text) is var bytes && bytes >= min && bytes <= max;

    /// <summary>Whether something stands before an at sign, between it and a dot, and after the dot.</summary>
    public static bool IsEmail(string text)
    {
        if (text.Length < 2) return false;
        var at = text.IndexOf('@', 1);
        var dot = text.LastIndexOf('.', text.Length - 2);
        return at >= 1 && dot >= at + 2;
    }

    /// <summary>A username for someone who chose none.</summary>
    public static string RandomUsername() => RandomNumberGenerator.GetString(Letters, RandomUsernameLength);
}
