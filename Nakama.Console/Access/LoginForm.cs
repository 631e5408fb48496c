namespace Nakama.Console.Access;

/// <summary>The form of the login page: first a name and a password, then, where required, a code.</summary>
public sealed class LoginForm
{
    public string? Username { get; set; }

    public string? Password { get; set; }

    /// <summary>The code of an authenticator app, or a recovery code.</summary>
    public string? Code { get; set; }

    /// <summary>Name and password of the first step, encrypted by this console.</summary>
    public string? Pending { get; set; }
}
