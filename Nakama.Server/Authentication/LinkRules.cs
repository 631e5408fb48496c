using Nakama.Server.Security;

namespace Nakama.Server.Authentication;

/// <summary>Validates what may be linked to an account. The order of the checks decides which error is returned.</summary>
internal static class LinkRules
{
    public static void CheckCustomId(string id)
    {
        if (id.Length == 0) throw AuthenticationErrors.CustomIdRequired;
        if (InputText.HasSpaceOrControl(id)) throw LinkErrors.CustomIdCharacters;
        if (!InputText.HasLength(id, InputText.MinCustomIdBytes, InputText.MaxCustomIdBytes)) throw LinkErrors.CustomIdLength;
    }

    public static void CheckEmail(string email, string password)
    {
        if (email.Length == 0 || password.Length == 0) throw AuthenticationErrors.EmailAndPasswordRequired;
        if (InputText.HasSpaceOrControl(email)) throw AuthenticationErrors.EmailCharacters;
        CredentialRules.CheckPassword(password);
        CredentialRules.CheckEmailForm(email);
    }
}
