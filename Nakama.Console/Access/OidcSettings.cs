namespace Nakama.Console.Access;

/// <summary>
/// The settings below <c>Console:Oidc</c>: the console as a client of an OpenID Connect issuer. They are read once, at startup.
/// </summary>
public sealed record OidcSettings
{
    private const string Section = "Console:Oidc";
    private const int MaxNameLength = 60;

    /// <summary>The issuer; empty turns this sign-in off. The nodes must have the same in <c>console.oidc.issuer</c>.</summary>
    public string Issuer { get; private init; } = "";

    /// <summary>The id of this client. The nodes must have the same in <c>console.oidc.client_id</c>.</summary>
    public string ClientId { get; private init; } = "";

    /// <summary>The secret of this client; empty for a public client, which proves itself by PKCE only.</summary>
    public string ClientSecret { get; private init; } = "";

    /// <summary>The requested scopes.</summary>
    public IReadOnlyList<string> Scopes { get; private init; } = ["openid", "profile", "email"];

    /// <summary>The name of the issuer on the login page.</summary>
    public string Name { get; private init; } = "OpenID Connect";

    /// <summary>Whether the login page has no fields for a password. The nodes refuse passwords by <c>console.oidc.only</c>.</summary>
    public bool Only { get; private init; }

    public bool IsOn => Issuer.Length > 0;

    /// <exception cref="InvalidOperationException">A setting is invalid.</exception>
    public static OidcSettings From(IConfiguration configuration)
    {
        var defaults = new OidcSettings();
        var section = configuration.GetSection(Section);
        var settings = new OidcSettings
        {
            Issuer = section[nameof(Issuer)] ?? "",
            ClientId = section[nameof(ClientId)] ?? "",
            ClientSecret = section[nameof(ClientSecret)] ?? "",
            Scopes = section[nameof(Scopes)]?.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } scopes ? scopes : defaults.Scopes,
            Name = section[nameof(Name)] is { Length: > 0 } name ? name : defaults.Name,
            Only = section.GetValue(nameof(Only), false),
        };
        if (!settings.IsOn) return settings.Only ? throw new InvalidOperationException($"{Section}:{nameof(Only)} needs {Section}:{nameof(Issuer)}.") : settings;

        if (!IsSafeAddress(settings.Issuer))
            throw new InvalidOperationException($"{Section}:{nameof(Issuer)} must begin with https://, or with http:// on this machine, not '{settings.Issuer}'.");
        if (settings.ClientId.Length == 0) throw new InvalidOperationException($"{Section}:{nameof(ClientId)} must be set.");
        if (!settings.Scopes.Contains("openid")) throw new InvalidOperationException($"{Section}:{nameof(Scopes)} must contain openid.");
        if (settings.Name.Length > MaxNameLength) throw new InvalidOperationException($"{Section}:{nameof(Name)} must have at most {MaxNameLength} characters.");
        return settings;
    }

    private static bool IsSafeAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Query.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
