using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Open sessions.</summary>
internal sealed class SessionFunctions(SessionRegistry sessions) : IFunctionFamily
{
    private const int Disconnected = (int)PresenceReason.Disconnect;

    public string Name => "Sessions";

    public void Describe(FunctionGroup functions) =>
        functions.Function("session_disconnect", "Closes a session; one that does not exist is no error.")
            .Id("session_id", new("expects valid session id", "expects a valid session id")).OptionalWhole("reason", Disconnected)
            .Does(call =>
            {
                var reason = call.Whole(1);
                if (reason is < 0 or > Disconnected) throw call.Refuse(1, "invalid disconnect reason, must be a value 0-4");
                sessions.Disconnect(call.Id(0), (byte)reason);
                return default;
            });
}
