using Nakama.Server.Authentication;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Converts an authenticated user to its form for modules.</summary>
internal static class AuthenticatedUser
{
    public static readonly string[] Fields = ["user_id", "username", "created"];

    /// <summary>Returns the user, or throws an error with the reason for the rejection.</summary>
    public static async ValueTask<ScriptValue> OfAsync(ValueTask<SignedInUser> signingIn)
    {
        var user = await signingIn.OrFaultAsync("error authenticating", Cause.WithStatus);
        return ScriptValue.Results(ScriptValue.Of(user.Id), ScriptValue.Of(user.Username), ScriptValue.Of(user.IsCreated));
    }
}
