using Nakama.Server.Authentication;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Someone who has signed in, as modules see it.</summary>
internal static class AuthenticatedUser
{
    public static readonly string[] Fields = ["user_id", "username", "created"];

    /// <summary>Tells who it is, or why nobody was let in.</summary>
    public static async ValueTask<ScriptValue> OfAsync(ValueTask<SignedInUser> signingIn)
    {
        var user = await signingIn.OrFaultAsync("error authenticating", Cause.WithStatus);
        return ScriptValue.Results(ScriptValue.Of(user.Id), ScriptValue.Of(user.Username), ScriptValue.Of(user.IsCreated));
    }
}
