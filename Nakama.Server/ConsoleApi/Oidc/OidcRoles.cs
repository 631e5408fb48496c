using System.Collections.Frozen;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>The rights that the issuer's roles give here: those of all their permission templates together.</summary>
internal sealed class OidcRoles(ConsoleOptions options, AclTemplateStore templates, ILogger<OidcRoles> log)
{
    private readonly OidcOptions _options = options.Oidc;

    private readonly FrozenDictionary<string, string[]> _templates = options.Oidc.RoleTemplates
        .Select(OidcOptions.ReadEntry).OfType<(string Role, string Template)>()
        .GroupBy(static entry => entry.Role, static entry => entry.Template)
        .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>None when no role gives any right.</summary>
    public async ValueTask<ConsoleAcl> RightsOfAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        if (_options.AdminRole.Length > 0 && roles.Contains(_options.AdminRole)) return ConsoleAcl.Admin;

        // No template has a name that no column can store.
        string[] names = [.. roles.SelectMany(role => _templates.GetValueOrDefault(role) ?? [role]).Where(static name => !name.Contains('\0')).Distinct()];
        var rights = ConsoleAcl.None;
        foreach (var acl in await templates.FindRightsAsync(names, cancellationToken)) rights = rights.With(acl);
        if (rights.IsEmpty) OidcLog.NoRole(log, roles.Count, _options.RoleClaim);
        return rights;
    }
}
