namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>Settings below <c>console.oidc</c>.</summary>
public sealed record OidcOptions
{
    /// <summary>
    /// The issuer of the operators' ID tokens, whose discovery document is below this address; empty turns sign-in with
    /// OpenID Connect off.
    /// </summary>
    public string Issuer { get; init; } = "";

    /// <summary>The console's client id at the issuer, which must be the audience of ID tokens.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The claim with the operator's roles: its name, or a path with dots where it is inside other claims.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>
    /// The permission templates of roles, as <c>role=template</c>; a role that is not listed has the template of its own name.
    /// </summary>
    public IReadOnlyList<string> RoleTemplates { get; init; } = [];

    /// <summary>The role that gives all rights; empty is none.</summary>
    public string AdminRole { get; init; } = "";

    /// <summary>Whether passwords of operators are refused, the configured one too.</summary>
    public bool Only { get; init; }

    /// <summary>Whether operators can sign in this way.</summary>
    internal bool IsOn => Issuer.Length > 0;

    /// <summary>The role and the template of an entry of <see cref="RoleTemplates"/>; null when it has no such form.</summary>
    internal static (string Role, string Template)? ReadEntry(string entry) =>
        // Roles may be distinguished names, which have this sign too.
        entry.LastIndexOf('=') is > 0 and var sign && sign < entry.Length - 1 ? (entry[..sign], entry[(sign + 1)..]) : null;

    /// <summary>What is wrong with these settings, by flag.</summary>
    internal IEnumerable<(string Flag, string Problem)> FindProblems()
    {
        foreach (var entry in RoleTemplates.Where(static entry => ReadEntry(entry) is null))
            yield return ("console.oidc.role_templates", $"must be role=template: {entry}");
        if (!IsOn)
        {
            if (Only) yield return ("console.oidc.only", "needs console.oidc.issuer");
            yield break;
        }

        if (!IsSafeAddress(Issuer)) yield return ("console.oidc.issuer", "must be an address that begins with https://, or with http:// on this machine");
        if (ClientId.Length == 0) yield return ("console.oidc.client_id", "must be set");
        if (RoleClaim.Length == 0) yield return ("console.oidc.role_claim", "must be set");
    }

    /// <summary>Whether nobody between this node and the address can change what is read there.</summary>
    internal static bool IsSafeAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Query.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
