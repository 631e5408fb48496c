namespace Nakama.Console.Access;

/// <summary>What the login page sends: first a name and a password, then, where asked for, a code.</summary>
public sealed class LoginForm
{
    public string? Username { get; set; }

    public string? Password { get; set; }

    /// <summary>The code of an authenticator app, or a recovery code.</summary>
    public string? Code { get; set; }

    /// <summary>Name and password of the first step, sealed by this console.</summary>
    public string? Pending { get; set; }
}
