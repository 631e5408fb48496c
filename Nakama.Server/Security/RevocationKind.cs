namespace Nakama.Server.Security;

/// <summary>The kinds of revocations of a user or an operator; the numbers are stored in the database.</summary>
public enum RevocationKind : short
{
    /// <summary>All tokens issued before a second.</summary>
    All = 0,

    /// <summary>The session tokens of one login, until a second.</summary>
    Session = 1,

    /// <summary>The refresh tokens of one login, until a second.</summary>
    Refresh = 2,

    /// <summary>As <see cref="All"/>, and the session tokens issued in that second too.</summary>
    Ban = 3,

    /// <summary>One token of an operator, until a second.</summary>
    OperatorToken = 4,

    /// <summary>All tokens of an operator issued before a second.</summary>
    Operator = 5,
}
