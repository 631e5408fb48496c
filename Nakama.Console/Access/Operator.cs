using Microsoft.AspNetCore.Components.Authorization;
using Nakama.Protocol.Console;

namespace Nakama.Console.Access;

/// <summary>The signed-in operator: the token and its rights.</summary>
public sealed class Operator(AuthenticationStateProvider authentication)
{
    private ConsoleToken? _token;

    /// <summary>Null when no operator is signed in.</summary>
    public async ValueTask<ConsoleToken?> FindAsync()
    {
        if (_token is not null) return _token;
        var state = await authentication.GetAuthenticationStateAsync();
        var text = state.User.FindFirst(SignIn.TokenClaim)?.Value;
        return _token = text is null ? null : ConsoleToken.Read(text);
    }

    /// <summary>Sets the operator outside of a page: a page gets it from the authentication state.</summary>
    public void Use(ConsoleToken token) => _token = token;

    public async ValueTask<string?> TokenAsync() => (await FindAsync())?.Text;

    public async ValueTask<bool> MayAsync(AclResources resource, Right right) =>
        await FindAsync() is { } token && token.Permits(resource, right);
}
