using System.Collections.ObjectModel;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Hooks;
using Nakama.Server.Rpc;
using Nakama.Server.Runtime.Http;

namespace Nakama.Server.Runtime;

/// <summary>The execution context of a module function. Each language passes it to the function in its own form.</summary>
public sealed class RuntimeContext
{
    private static readonly IReadOnlyDictionary<string, StringValues> Nothing = ReadOnlyDictionary<string, StringValues>.Empty;
    private static readonly IReadOnlyDictionary<string, string> NoVars = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>For modules that are being loaded.</summary>
    public static readonly RuntimeContext Loading = new(ExecutionMode.RunOnce, "");

    private RuntimeContext(string mode, string label)
    {
        Mode = mode;
        Label = label;
    }

    /// <summary>One of <see cref="ExecutionMode"/>.</summary>
    public string Mode { get; }

    /// <summary>What is running, such as the id of an RPC function; for logs.</summary>
    public string Label { get; }

    /// <summary>The empty id when there is no user.</summary>
    public Guid UserId { get; private init; }

    public string Username { get; private init; } = "";

    public IReadOnlyDictionary<string, string> Vars { get; private init; } = NoVars;

    /// <summary>When the token expires, in seconds since the epoch.</summary>
    public long Expiry { get; private init; }

    /// <summary>The socket's session; the empty id for requests.</summary>
    public Guid SessionId { get; private init; }

    public string Lang { get; private init; } = "";

    public string ClientIp { get; private init; } = "";

    public string ClientPort { get; private init; } = "";

    public IReadOnlyDictionary<string, StringValues> Headers { get; private init; } = Nothing;

    public IReadOnlyDictionary<string, StringValues> QueryParameters { get; private init; } = Nothing;

    /// <summary>For a function that no user caused.</summary>
    public static RuntimeContext OfServer(string mode, string label) => new(mode, label);

    /// <summary>The context of an event that this one's function sends: on behalf of the same caller.</summary>
    public RuntimeContext ForEvent(string name) => new(ExecutionMode.Event, name)
    {
        UserId = UserId,
        Username = Username,
        Vars = Vars,
        Expiry = Expiry,
        SessionId = SessionId,
        Lang = Lang,
        ClientIp = ClientIp,
        ClientPort = ClientPort,
    };

    public static RuntimeContext OfHook(string mode, string label, HookCaller caller) => new(mode, label)
    {
        UserId = caller.UserId,
        Username = caller.Username,
        Vars = caller.Vars,
        Expiry = caller.Expiry,
        SessionId = caller.SessionId,
        Lang = caller.Lang,
        ClientIp = caller.ClientIp,
        ClientPort = caller.ClientPort,
    };

    public static RuntimeContext OfHttp(string mode, string label, HttpHandlerRequest request) => new(mode, label)
    {
        ClientIp = request.ClientIp,
        ClientPort = request.ClientPort,
    };

    public static RuntimeContext OfRpc(string id, RpcCall call) => new(ExecutionMode.Rpc, id)
    {
        UserId = call.Caller?.UserId ?? Guid.Empty,
        Username = call.Caller?.Username ?? "",
        Vars = call.Caller?.Vars ?? NoVars,
        Expiry = call.Caller?.Expiry ?? 0,
        SessionId = call.SessionId,
        Lang = call.Lang,
        ClientIp = call.ClientIp,
        ClientPort = call.ClientPort,
        Headers = call.Headers,
        QueryParameters = call.QueryParameters,
    };
}
