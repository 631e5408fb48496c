namespace Nakama.Server.ConsoleApi;

/// <summary>What a signed text of the console is for.</summary>
internal enum ConsolePurpose
{
    /// <summary>Calls of an operator who signed in.</summary>
    Session,

    /// <summary>Setting up the second step.</summary>
    SecondStepSetup,

    /// <summary>Choosing a password, after an invitation too.</summary>
    PasswordReset,
}
