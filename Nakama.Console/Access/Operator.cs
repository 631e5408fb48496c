using Microsoft.AspNetCore.Components.Authorization;
using Nakama.Protocol.Console;

namespace Nakama.Console.Access;

/// <summary>The person at the screen: their token and what it permits.</summary>
public sealed class Operator(AuthenticationStateProvider authentication)
{
    private ConsoleToken? _token;

    /// <summary>Null when nobody is signed in.</summary>
    public async ValueTask<ConsoleToken?> FindAsync()
    {
        if (_token is not null) return _token;
        var state = await authentication.GetAuthenticationStateAsync();
        var text = state.User.FindFirst(SignIn.TokenClaim)?.Value;
        return _token = text is null ? null : ConsoleToken.Read(text);
    }

    /// <summary>Names the operator where no page is: a page finds them by itself.</summary>
    public void Use(ConsoleToken token) => _token = token;

    public async ValueTask<string?> TokenAsync() => (await FindAsync())?.Text;

    public async ValueTask<bool> MayAsync(AclResources resource, Right right) =>
        await FindAsync() is { } token && token.Permits(resource, right);
}
