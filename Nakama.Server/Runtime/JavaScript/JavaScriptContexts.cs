using System.Collections.Concurrent;
using System.Diagnostics;
using Jint.Native;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Creates the context that every function of a module gets as its first argument.</summary>
internal sealed class JavaScriptContexts(NodeInfo node, SharedEnvironment environment)
{
    // Contexts with the same fields have the same layout, which engines turn into a hidden class.
    private readonly ConcurrentDictionary<int, JsObjectLayout> _layouts = new();

    /// <summary>The name of the node.</summary>
    public JsString Node { get; } = new(node.Name);

    /// <summary>The version of the server.</summary>
    public JsString Version { get; } = new(NodeVersion.Text.Split('+')[0]);

    [Flags]
    private enum Fields
    {
        None = 0,
        Mode = 1,
        User = 2,
        Username = 4,
        Vars = 8,
        Session = 16,
        ClientIp = 32,
        ClientPort = 64,
        Trace = 128,
        Request = 256,
    }

    /// <summary>The environment of the node for one engine.</summary>
    public EnvironmentObject MakeEnvironment(JavaScriptEngine engine) => new(engine, environment);

    public JsObject Make(JavaScriptEngine engine, RuntimeContext context)
    {
        var fields = FieldsOf(context);
        var layout = _layouts.GetOrAdd((int)fields, static key => LayoutOf((Fields)key));
        var values = new JsValue[layout.Count];
        var next = 0;
        values[next++] = engine.Environment;
        if ((fields & Fields.Mode) != 0) values[next++] = JsString.Create(context.Mode);
        values[next++] = Node;
        values[next++] = Version;
        // Headers and parameters are made when the function reads them.
        if ((fields & Fields.Request) != 0) next += 2;
        if ((fields & Fields.User) != 0)
        {
            values[next++] = JsString.Create(context.UserId.ToString());
            values[next++] = JsNumber.Create(context.Expiry);
        }

        if ((fields & Fields.Username) != 0) values[next++] = JsString.Create(context.Username);
        if ((fields & Fields.Vars) != 0) values[next++] = JavaScriptConversion.ToObject(engine.Machine, context.Vars);
        if ((fields & Fields.Session) != 0)
        {
            values[next++] = JsString.Create(context.SessionId.ToString());
            values[next++] = JsString.Create(context.Lang);
        }

        if ((fields & Fields.ClientIp) != 0) values[next++] = JsString.Create(context.ClientIp);
        if ((fields & Fields.ClientPort) != 0) values[next++] = JsString.Create(context.ClientPort);
        if ((fields & Fields.Trace) != 0) values[next] = JsString.Create(TraceText());
        return JsObject.Create(engine.Machine, layout, values, (engine, context));
    }

    private static Fields FieldsOf(RuntimeContext context)
    {
        var fields = context.Mode == ExecutionMode.RunOnce ? Fields.None : Fields.Mode;
        if (context.UserId != Guid.Empty)
        {
            fields |= Fields.User;
            if (context.Username.Length > 0) fields |= Fields.Username;
            if (context.Vars.Count > 0) fields |= Fields.Vars;
        }

        if (context.SessionId != Guid.Empty) fields |= Fields.Session;
        if (context.ClientIp.Length > 0) fields |= Fields.ClientIp;
        if (context.ClientPort.Length > 0) fields |= Fields.ClientPort;
        if (context.Mode is ExecutionMode.Rpc or ExecutionMode.Before or ExecutionMode.After) fields |= Fields.Trace;
        if (context.Mode == ExecutionMode.Rpc && context.SessionId == Guid.Empty) fields |= Fields.Request;
        return fields;
    }

    private static JsObjectLayout LayoutOf(Fields fields)
    {
        var layout = JsObjectLayout.CreateBuilder().Add("env");
        if ((fields & Fields.Mode) != 0) layout.Add("executionMode");
        layout.Add("node").Add("version");
        if ((fields & Fields.Request) != 0)
        {
            layout.AddLazy("headers", static (_, state) => Lists(state, static context => context.Headers));
            layout.AddLazy("queryParams", static (_, state) => Lists(state, static context => context.QueryParameters));
        }

        if ((fields & Fields.User) != 0) layout.Add("userId").Add("userSessionExp");
        if ((fields & Fields.Username) != 0) layout.Add("username");
        if ((fields & Fields.Vars) != 0) layout.Add("vars");
        if ((fields & Fields.Session) != 0) layout.Add("sessionId").Add("lang");
        if ((fields & Fields.ClientIp) != 0) layout.Add("clientIp");
        if ((fields & Fields.ClientPort) != 0) layout.Add("clientPort");
        if ((fields & Fields.Trace) != 0) layout.Add("traceId");
        return layout.Build();
    }

    /// <summary>The trace id of the request, if there is one, in the UUID form that modules expect.</summary>
    private static string TraceText() =>
        (Activity.Current is { } activity ? Guid.ParseExact(activity.TraceId.ToHexString(), "N") : Guid.NewGuid()).ToString();

    private static JsObject Lists(object? state, Func<RuntimeContext, IReadOnlyDictionary<string, StringValues>> select)
    {
        var (engine, context) = ((JavaScriptEngine, RuntimeContext))state!;
        var result = new JsObject(engine.Machine);
        foreach (var (name, values) in select(context))
        {
            var list = new JsValue[values.Count];
            for (var i = 0; i < list.Length; i++) list[i] = JsString.Create(values[i] ?? "");
            result.FastSetDataProperty(name, new JsArray(engine.Machine, list));
        }

        return result;
    }
}
