using Nakama.Server.Security;

namespace Nakama.Server.Authentication;

/// <summary>Validates the credentials of clients. The order of the checks decides which error they get.</summary>
internal static class CredentialRules
{
    public static void CheckDeviceId(string? id)
    {
        if (string.IsNullOrEmpty(id)) throw AuthenticationErrors.DeviceIdRequired;
        if (InputText.HasSpaceOrControl(id)) throw AuthenticationErrors.DeviceIdCharacters;
        if (!InputText.HasLength(id, InputText.MinDeviceIdBytes, InputText.MaxDeviceIdBytes)) throw AuthenticationErrors.DeviceIdLength;
    }

    public static void CheckCustomId(string? id)
    {
        if (string.IsNullOrEmpty(id)) throw AuthenticationErrors.CustomIdRequired;
        if (InputText.HasSpaceOrControl(id)) throw AuthenticationErrors.CustomIdCharacters;
        if (!InputText.HasLength(id, InputText.MinCustomIdBytes, InputText.MaxCustomIdBytes)) throw AuthenticationErrors.CustomIdLength;
    }

    public static void CheckEmail(string email)
    {
        if (InputText.HasSpaceOrControl(email)) throw AuthenticationErrors.EmailCharacters;
        CheckEmailForm(email);
    }

    public static void CheckEmailForm(string email)
    {
        if (!InputText.IsEmail(email)) throw AuthenticationErrors.EmailFormat;
        if (!InputText.HasLength(email, InputText.MinEmailBytes, InputText.MaxEmailBytes)) throw AuthenticationErrors.EmailLength;
    }

    public static void CheckPassword(string password)
    {
        if (!InputText.HasLength(password, InputText.MinPasswordBytes, int.MaxValue)) throw AuthenticationErrors.PasswordLength;
    }

    /// <summary>The requested username, or a random one when none is requested.</summary>
    public static string Username(string username)
    {
        if (username.Length == 0) return InputText.RandomUsername();
        if (InputText.IsBadUsername(username)) throw AuthenticationErrors.UsernameCharacters;
        return InputText.HasLength(username, 1, InputText.MaxUsernameBytes) ? username : throw AuthenticationErrors.UsernameLength;
    }
}
