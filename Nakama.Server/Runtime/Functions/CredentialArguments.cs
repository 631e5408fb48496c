using System.Globalization;
using Nakama.Protocol.Api;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Reads credentials that modules pass. The error messages are those that existing modules expect.</summary>
internal static class CredentialArguments
{
    /// <summary>The requested username, or a random one when none is requested.</summary>
    public static string Username(this FunctionCall call, int parameter)
    {
        var username = call.Text(parameter);
        if (username.Length == 0) return InputText.RandomUsername();
        if (InputText.IsBadUsername(username))
            throw call.Refuse(parameter, "expects username to be valid, no spaces or control characters allowed");
        return InputText.HasLength(username, 1, InputText.MaxUsernameBytes)
            ? username
            : throw call.Refuse(parameter, "expects id to be valid, must be 1-128 bytes");
    }

    public static string CustomId(this FunctionCall call, int parameter) =>
        Identity(call, parameter, InputText.MinCustomIdBytes, InputText.MaxCustomIdBytes);

    public static string DeviceId(this FunctionCall call, int parameter) =>
        Identity(call, parameter, InputText.MinDeviceIdBytes, InputText.MaxDeviceIdBytes);

    /// <summary>An email address, in any case.</summary>
    public static string Email(this FunctionCall call, int parameter)
    {
        var email = call.Text(parameter);
        if (InputText.HasSpaceOrControl(email))
            throw call.Refuse(parameter, "expects email to be valid, no spaces or control characters allowed");
        if (!InputText.IsEmail(email)) throw call.Refuse(parameter, "expects email to be valid, invalid email address format");
        return InputText.HasLength(email, InputText.MinEmailBytes, InputText.MaxEmailBytes)
            ? email
            : throw call.Refuse(parameter, "expects email to be valid, must be 10-255 bytes");
    }

    public static string Password(this FunctionCall call, int parameter) =>
        InputText.HasLength(call.Text(parameter), InputText.MinPasswordBytes, int.MaxValue)
            ? call.Text(parameter)
            : throw call.Refuse(parameter, "expects password to be valid, must be longer than 8 characters");

    /// <summary>The six Game Center values, starting at a parameter; those that are not given are empty.</summary>
    public static AccountGameCenter GameCenter(this FunctionCall call, int first) => new()
    {
        PlayerId = call.Text(first),
        BundleId = call.Text(first + 1),
        TimestampSeconds = call.Whole(first + 2),
        Salt = call.Text(first + 3),
        Signature = call.Text(first + 4),
        PublicKeyUrl = call.Text(first + 5),
    };

    /// <summary>Describes the six Game Center values as required.</summary>
    public static FunctionDescription GameCenter(this FunctionDescription function) => function
        .Text("player_id", "expects player ID string").Text("bundle_id", "expects bundle ID string").Whole("timestamp")
        .Text("salt", "expects salt string").Text("signature", "expects signature string").Text("public_key_url", "expects public key URL string");

    private static string Identity(FunctionCall call, int parameter, int min, int max)
    {
        var id = call.Text(parameter);
        if (InputText.HasSpaceOrControl(id)) throw call.Refuse(parameter, "expects id to be valid, no spaces or control characters allowed");
        return InputText.HasLength(id, min, max)
            ? id
            : throw call.Refuse(parameter, string.Create(CultureInfo.InvariantCulture, $"expects id to be valid, must be {min}-{max} bytes"));
    }
}
