using Nakama.Server.Authentication;
using Nakama.Server.Errors;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Open sessions, and the logins that they belong to.</summary>
internal sealed class SessionFunctions(SessionDisconnects sessions, SignOut signOut) : IFunctionModule
{
    private const int Disconnected = (int)PresenceReason.Disconnect;

    public string Name => "Sessions";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("session_disconnect", "Closes a session; one that does not exist is no error.")
            .Id("session_id", new("expects valid session id", "expects a valid session id")).OptionalWhole("reason", Disconnected)
            .Does(Disconnect);
        functions.Function("session_logout", "Ends the logins that the tokens name; without tokens, all of the user.")
            .Id("user_id", new("expects user ID to be a valid identifier", "expects a valid user id"))
            .OptionalText("token", "").NotNull().OptionalText("refresh_token", "").NotNull()
            .Does(LogoutAsync);
    }

    private ScriptValue Disconnect(FunctionCall call)
    {
        var reason = call.Whole(1);
        if (reason is < 0 or > Disconnected) throw call.Refuse(1, "invalid disconnect reason, must be a value 0-4");
        sessions.Disconnect(call.Id(0), (byte)reason);
        return default;
    }

    private async ValueTask<ScriptValue> LogoutAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        try
        {
            await signOut.RunAsync(call.Id(0), call.Text(1), call.Text(2), cancellationToken);
            return default;
        }
        catch (ApiException e)
        {
            throw Attempt.Fault("failed to logout", Cause.WithStatus(e));
        }
    }
}
