using Microsoft.IdentityModel.Tokens;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>What the issuer publishes, and until when it is used without another fetch.</summary>
/// <param name="Issuer">The issuer as its tokens name it.</param>
/// <param name="Keys">The public keys of its signatures.</param>
/// <param name="FreshUntil">The end of its use.</param>
internal sealed record OidcMetadata(string Issuer, IReadOnlyList<SecurityKey> Keys, DateTimeOffset FreshUntil);

/// <summary>The person of a valid ID token.</summary>
/// <param name="Issuer">The issuer, which makes the subject unique.</param>
/// <param name="Subject">The issuer's id of the person.</param>
/// <param name="Email">The address in lower case; null when there is none or the issuer has not verified it.</param>
/// <param name="Name">The name that the person is known by, any text; empty when there is none.</param>
/// <param name="Roles">The values of the claim with roles.</param>
/// <param name="TokenHash">The hash of the token, by which a second use is noticed.</param>
internal sealed record OidcIdentity(string Issuer, string Subject, string? Email, string Name, IReadOnlyList<string> Roles, byte[] TokenHash);

/// <summary>How a sign-in changed the table of operators.</summary>
internal enum OidcChange
{
    /// <summary>The operator was known with these rights.</summary>
    None,

    /// <summary>The operator was created.</summary>
    Created,

    /// <summary>An operator with the verified address became the one of this identity.</summary>
    Linked,

    /// <summary>The operator was known with other rights.</summary>
    Rights,
}

/// <summary>The operator of a sign-in.</summary>
/// <param name="Row">The operator after the change.</param>
/// <param name="Change">What was changed.</param>
/// <param name="EndsOlderTokens">Whether tokens of the operator may exist that are another person's, or have other rights.</param>
internal sealed record OidcOperator(OperatorRow Row, OidcChange Change, bool EndsOlderTokens);
