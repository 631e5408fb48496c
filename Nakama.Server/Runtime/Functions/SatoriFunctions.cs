using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nakama.Server.Satori;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The functions of the object that <c>get_satori</c> returns.</summary>
internal sealed class SatoriFunctions(SatoriClient satori, SatoriCache cache) : IFunctionModule
{
    private const string Service = "satori";
    private const string NoId = "expects identifier string";
    private const int MaxMessages = 1000;
    private const int DefaultMessages = 100;

    public string Name => "Satori";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("satori_authenticate", "Creates an identity or updates its properties, and returns them all.")
            .MemberOf(Service).OnlyInLua().Text("id", NoId).OptionalTable("default_props").OptionalTable("custom_props").OptionalFlag("no_session", true).OptionalText("ip", "")
            .Returns("properties").Does((call, token) => AuthenticateAsync(
                call, MapOf(call, 1), MapOf(call, 2), noSessionAt: 3, token));
        functions.Function("satori_authenticate_with", "Creates an identity or updates its properties `{default, custom}`, and returns them all.")
            .MemberOf(Service).OnlyInJavaScript().NamedInJavaScript("authenticate").Text("id", NoId).OptionalTable("properties").OptionalFlag("no_session", true).NotNull().OptionalText("ip", "")
            .Returns("properties").Does((call, token) => AuthenticateAsync(
                call, call.Has(1) ? MapOf(call, 1, "default") : null, call.Has(1) ? MapOf(call, 1, "custom") : null, noSessionAt: 2, token));
        functions.Function("satori_identity_delete", "Deletes an identity.").MemberOf(Service).Text("id", NoId)
            .Does((call, token) => DoAsync(call, new(HttpMethod.Delete, "/v1/identity") { IdentityId = call.Text(0) }, "failed to satori identity delete", token));
        functions.Function("satori_properties_get", "The properties of an identity.").MemberOf(Service).Text("id", NoId)
            .Returns("properties").Does(async (call, token) => SatoriRecords.Properties(await ReadAsync(
                call, new(HttpMethod.Get, "/v1/properties") { IdentityId = call.Text(0) }, "failed to satori list properties", token)));
        functions.Function("satori_properties_update", "Updates properties `{default?, custom?, recompute?}` of an identity.").MemberOf(Service).Text("id", NoId).Table("properties")
            .Does((call, token) => DoAsync(call, new(HttpMethod.Put, "/v1/properties") { IdentityId = call.Text(0), Body = ChangeOf(call) }, "failed to satori update properties", token));
        functions.Function("satori_events_publish", "Publishes events `{name, id?, value?, metadata?, timestamp?}` of an identity.")
            .MemberOf(Service).Text("id", NoId).Table("events").OptionalText("ip", "")
            .Does((call, token) => DoAsync(
                call, new(HttpMethod.Post, "/v1/event") { IdentityId = call.Text(0), Body = SatoriEvents.Read(call, 1, isOfServer: false), Ip = call.Text(2) }, "failed to satori publish event", token));
        functions.Function("satori_server_events_publish", "Publishes events of any identities: as `events_publish`, with `identity_id?, session_id?, session_issued_at?, session_expires_at?`.")
            .MemberOf(Service).Table("events").OptionalText("ip", "")
            .Does((call, token) => DoAsync(
                call, new(HttpMethod.Post, "/v1/server-event") { Body = SatoriEvents.Read(call, 0, isOfServer: true), Ip = call.Text(1) }, "failed to satori publish event", token));
        functions.Function("satori_experiments_list", "The experiments of an identity, some by name or label.")
            .MemberOf(Service).Text("id", NoId).OptionalTable("names").OptionalTable("labels").Returns("experiments")
            .Does((call, token) => ListAsync(call, "/v1/experiment", "experiments", SatoriRecords.Experiment, "failed to satori list experiments", token));
        functions.Function("satori_flags_list", "The feature flags of an identity, or the default ones without an identity.")
            .MemberOf(Service).OptionalText("id", "").OptionalTable("names").OptionalTable("labels").Returns("flags")
            .Does((call, token) => ListAsync(call, "/v1/flag", "flags", SatoriRecords.Flag, "failed to satori list flags", token));
        functions.Function("satori_flags_overrides_list", "What overrides the flags of an identity.")
            .MemberOf(Service).OptionalText("id", "").OptionalTable("names").OptionalTable("labels").Returns("flags")
            .Does((call, token) => ListAsync(call, "/v1/flag/override", "flags", SatoriRecords.FlagOverrides, "failed to satori list flags", token));
        functions.Function("satori_live_events_list", "The live events of an identity.")
            .MemberOf(Service).Text("id", NoId).OptionalTable("names").OptionalTable("labels")
            .OptionalWhole("past_run_count", 0).OptionalWhole("future_run_count", 0).OptionalWhole("start_time_sec", 0).OptionalWhole("end_time_sec", 0)
            .Returns("live_events").Does(LiveEventsAsync);
        functions.Function("satori_live_event_join", "Lets an identity take part in a live event.").MemberOf(Service).Text("id", NoId).Text("live_event_id", "expects live event id string")
            .Does((call, token) => DoAsync(
                call, new(HttpMethod.Post, $"/v1/live-event/{Uri.EscapeDataString(call.Text(1))}/participation") { IdentityId = call.Text(0), Body = new JsonObject() }, "failed to join satori live-event", token));
        functions.Function("satori_messages_list", "A page of the messages of an identity.")
            .MemberOf(Service).Text("id", NoId).OptionalWhole("limit", DefaultMessages).OptionalFlag("forward", false).OptionalText("cursor", "").OptionalTable("message_ids")
            .Returns("messages", "next_cursor", "prev_cursor", "cacheable_cursor").Does(MessagesAsync);
        functions.Function("satori_message_update", "Marks a message as read, and consumed.").MemberOf(Service).Text("id", NoId).Text("message_id", "expects message id string").Whole("read_time").OptionalWhole("consume_time", 0)
            .Does((call, token) => DoAsync(
                call, new(HttpMethod.Put, MessagePath(call)) { IdentityId = call.Text(0), Body = new JsonObject { ["read_time"] = Text(call.Whole(2)), ["consume_time"] = Text(call.Whole(3)) } },
                "failed to update satori message", token));
        functions.Function("satori_message_delete", "Deletes a message.").MemberOf(Service).Text("id", NoId).Text("message_id", "expects message id string")
            .Does((call, token) => DoAsync(call, new(HttpMethod.Delete, MessagePath(call)) { IdentityId = call.Text(0) }, "failed to delete satori message", token));
    }

    private async ValueTask<ScriptValue> AuthenticateAsync(
        FunctionCall call, Dictionary<string, string>? defaults, Dictionary<string, string>? custom, int noSessionAt, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["id"] = call.Text(0), ["no_session"] = call.Flag(noSessionAt), ["default"] = NodeOf(defaults), ["custom"] = NodeOf(custom) };
        cache.Forget(ContextOf(call), call.Text(0));
        var answer = await AskAsync(new(HttpMethod.Post, "/v1/authenticate") { Body = body, Ip = call.Text(noSessionAt + 1) }, "failed to satori authenticate", cancellationToken);
        return SatoriRecords.Properties(answer.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : answer);
    }

    private async ValueTask<ScriptValue> ListAsync(
        FunctionCall call, string path, string name, Func<JsonElement, ScriptRecord> show, string failure, CancellationToken cancellationToken)
    {
        var answer = await ReadAsync(call, new(HttpMethod.Get, path) { IdentityId = call.Text(0) is { Length: > 0 } id ? id : null, Query = NamesAndLabels(call) }, failure, cancellationToken);
        var rows = SatoriRecords.List(answer, name, show);
        return call.Language == ScriptLanguage.JavaScript ? ScriptValue.Of(new ScriptRecord(1).Add(name, rows)) : rows;
    }

    private async ValueTask<ScriptValue> LiveEventsAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var query = NamesAndLabels(call);
        string[] names = ["past_run_count", "future_run_count", "start_time_sec", "end_time_sec"];
        for (var i = 0; i < names.Length; i++)
        {
            if (call.Whole(3 + i) != 0) query.Add((names[i], Text(call.Whole(3 + i))));
        }

        var answer = await ReadAsync(call, new(HttpMethod.Get, "/v1/live-event") { IdentityId = call.Text(0), Query = query }, "failed to satori list live-events", cancellationToken);
        return ScriptValue.Of(new ScriptRecord(2)
            .Add("live_events", SatoriRecords.List(answer, "live_events", item => SatoriRecords.LiveEvent(item, call.Language)))
            .Add("explicit_join_live_events", SatoriRecords.List(answer, "explicit_join_live_events", item => SatoriRecords.LiveEvent(item, call.Language))));
    }

    private async ValueTask<ScriptValue> MessagesAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var limit = call.Limit(1, MaxMessages);
        List<(string, string)> query = [("limit", Text(limit)), ("forward", call.Flag(2) ? "true" : "false")];
        if (call.Text(3).Length > 0) query.Add(("cursor", call.Text(3)));
        if (call.Has(4)) query.AddRange(call.Texts(4, "expects each message id to be a string").Select(static id => ("message_ids", id)));
        var answer = await AskAsync(new(HttpMethod.Get, "/v1/message") { IdentityId = call.Text(0), Query = query }, "failed to list satori messages", cancellationToken);
        var messages = SatoriRecords.List(answer, "messages", SatoriRecords.Message);
        var (next, previous) = (SatoriRecords.TextOf(answer, "next_cursor"), SatoriRecords.TextOf(answer, "prev_cursor"));
        if (call.Language == ScriptLanguage.JavaScript)
            return ScriptValue.Of(new ScriptRecord(3).Add("messages", messages).AddIfSet("prev_cursor", previous).AddIfSet("next_cursor", next));
        // For compatibility, Lua modules get the previous cursor twice.
        return ScriptValue.Results(messages, PageArguments.Cursor(next), PageArguments.Cursor(previous), PageArguments.Cursor(previous));
    }

    private async ValueTask<ScriptValue> DoAsync(FunctionCall call, SatoriRequest request, string failure, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(request, failure, cancellationToken);
            return default;
        }
        finally
        {
            // A failed request may have had its effect.
            if (request.IdentityId is { } id) cache.Forget(ContextOf(call), id);
        }
    }

    /// <summary>What the cache knows, or Satori.</summary>
    private async ValueTask<JsonElement> ReadAsync(FunctionCall call, SatoriRequest request, string failure, CancellationToken cancellationToken)
    {
        if (cache.TryGet(ContextOf(call), request, out var kept)) return kept;
        var answer = await AskAsync(request, failure, cancellationToken);
        cache.Keep(ContextOf(call), request, answer);
        return answer;
    }

    /// <summary>Calls of games in C# have no context of their own.</summary>
    private static RuntimeContext? ContextOf(FunctionCall call) => call.Language == ScriptLanguage.DotNet ? null : call.Context;

    private ValueTask<JsonElement> AskAsync(SatoriRequest request, string failure, CancellationToken cancellationToken) =>
        satori.SendAsync(request, cancellationToken).OrFaultAsync(failure);

    private static List<(string Name, string Value)> NamesAndLabels(FunctionCall call)
    {
        var query = new List<(string, string)>();
        if (call.Has(1)) query.AddRange(call.Texts(1, "expects each name to be a string").Select(static name => ("names", name)));
        if (call.Has(2)) query.AddRange(call.Texts(2, "expects each label to be a string").Select(static label => ("labels", label)));
        return query;
    }

    private static JsonObject ChangeOf(FunctionCall call)
    {
        var body = new JsonObject();
        foreach (var name in (string[])["default", "custom"])
        {
            var value = call.Table(1).Field(name);
            if (!value.IsNull || call.Table(1).Has(name)) body[name] = NodeOf(MapOf(call, 1, name, value));
        }

        var recompute = call.Table(1).Field("recompute");
        if (recompute.Kind == ScriptValueKind.Flag) body["recompute"] = recompute.AsFlag();
        return body;
    }

    private static Dictionary<string, string>? MapOf(FunctionCall call, int parameter) =>
        call.Has(parameter) ? call.TextMap(parameter, "expects string keys", "expects string values") : null;

    private static Dictionary<string, string>? MapOf(FunctionCall call, int parameter, string field) =>
        MapOf(call, parameter, field, call.Table(parameter).Field(field));

    private static Dictionary<string, string>? MapOf(FunctionCall call, int parameter, string field, in ScriptValue value)
    {
        if (value.IsNull) return null;
        if (value.Kind != ScriptValueKind.Table) throw call.Refuse(parameter, $"expects {field} to be an object with string values");
        return value.AsTable().Entries().ToDictionary(
            entry => entry.Name ?? throw call.Refuse(parameter, "expects string keys"),
            entry => entry.Value.Kind == ScriptValueKind.Text ? entry.Value.AsText() : throw call.Refuse(parameter, "expects string values"),
            StringComparer.Ordinal);
    }

    private static JsonObject NodeOf(Dictionary<string, string>? map) =>
        new((map ?? []).Select(static entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonValue.Create(entry.Value))));

    private static string MessagePath(FunctionCall call) => $"/v1/message/{Uri.EscapeDataString(call.Text(1))}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
