using Nakama.Server.Status;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The users whose status a session follows.</summary>
internal sealed class StatusFunctions(StatusRegistry registry) : IFunctionModule
{
    public string Name => "Status";

    public void Describe(FunctionGroup functions)
    {
        Users(functions.Function("status_follow", "Lets a session hear of users' status; a session that does not exist is no error."))
            .Does(call => Change(call, isEnd: false));
        Users(functions.Function("status_unfollow", "Lets a session hear no more of users' status; a session that does not exist is no error."))
            .Does(call => Change(call, isEnd: true));
    }

    private static FunctionDescription Users(FunctionDescription function) =>
        function.Id("session_id", "expects a valid session id").Table("user_ids");

    private ScriptValue Change(FunctionCall call, bool isEnd)
    {
        if (call.Table(1).IsEmpty)
            return call.Language == ScriptLanguage.Lua ? throw call.Refuse(1, "invalid user ids list") : default;
        var userIds = call.Ids(1, new("each user id must be a valid id", "expects a valid user id"));
        registry.Change(call.Id(0), userIds, isEnd);
        return default;
    }
}
