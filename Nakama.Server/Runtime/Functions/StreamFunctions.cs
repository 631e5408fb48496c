using Nakama.Protocol.Json;
using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Streams;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Streams and their presences.</summary>
internal sealed class StreamFunctions(StreamAccess streams) : IFunctionModule
{
    private const string BadUser = "expects valid user id";
    private static readonly LanguageText BadSession = new("expects valid session id", "invalid session id");

    public string Name => "Streams";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("stream_user_list", "The presences of a stream `{mode, subject?, subcontext?, label?}`.")
            .Table("stream").OptionalFlag("include_hidden", true).OptionalFlag("include_not_hidden", true)
            .Returns("presences").Does(List);
        functions.Function("stream_user_get", "How a session takes part in a stream; nil when it does not.")
            .Id("user_id", BadUser).Id("session_id", BadSession).Table("stream")
            .Returns("presence").Does(Get);
        Join(functions.Function("stream_user_join", "Brings a session into a stream; true when it was not there."))
            .Returns("is_new").Does(JoinAsync);
        Join(functions.Function("stream_user_update", "Brings a session into a stream or changes how it takes part.")).Does(UpdateAsync);
        functions.Function("stream_user_leave", "Takes a session out of a stream.")
            .Id("user_id", BadUser).Id("session_id", BadSession).Table("stream").Does(Leave);
        functions.Function("stream_user_kick", "Takes a presence `{user_id, session_id, node?}` out of a stream.")
            .Table("presence").Table("stream").Does(Kick);
        functions.Function("stream_count", "How many presences a stream has, hidden ones included.")
            .Table("stream").Returns("count").Does(call => ScriptValue.Of((double)streams.Count(call.Stream(0))));
        functions.Function("stream_close", "Takes everyone out of a stream; nobody is told.").Table("stream").Does(Close);
        functions.Function("stream_send", "Sends a text to a stream, or to the presences `{session_id, node?}` given.")
            .Table("stream").Text("data").OptionalTable("presences").OptionalFlag("reliable", true).Does(Send);
        functions.Function("stream_send_raw", "Sends an envelope as it is to a stream, or to the presences given.")
            .Table("stream").Table("envelope").OptionalTable("presences").OptionalFlag("reliable", true).Does(SendRaw);
    }

    private static FunctionDescription Join(FunctionDescription function) => function
        .Id("user_id", BadUser).Id("session_id", BadSession).Table("stream")
        .OptionalFlag("hidden", false).OptionalFlag("persistence", true).OptionalText("status", "");

    private ScriptValue List(FunctionCall call)
    {
        var rows = new List<ScriptValue>();
        foreach (var presence in streams.List(call.Stream(0), call.Flag(1), call.Flag(2)))
        {
            rows.Add(ScriptValue.Of(AddMeta(
                new ScriptRecord().Add("user_id", presence.UserId.ToString()).Add("session_id", presence.SessionId.ToString())
                    .Add(call.Language == ScriptLanguage.JavaScript ? "node_id" : "node", streams.NodeOf(presence)),
                presence, call.Language)));
        }

        return ScriptValue.Of(rows);
    }

    private ScriptValue Get(FunctionCall call) =>
        streams.Find(call.Id(0), call.Id(1), call.Stream(2)) is { } presence ? ScriptValue.Of(AddMeta(new ScriptRecord(5), presence, call.Language)) : default;

    private async ValueTask<ScriptValue> JoinAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var stream = call.Stream(2);
        try
        {
            return ScriptValue.Of(await streams.JoinAsync(call.Id(0), call.Id(1), stream, MetaOf(call), cancellationToken));
        }
        catch (StreamException e)
        {
            throw Translate(call, "stream user join failed", e);
        }
    }

    private async ValueTask<ScriptValue> UpdateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var stream = call.Stream(2);
        try
        {
            await streams.UpdateAsync(call.Id(0), call.Id(1), stream, MetaOf(call), cancellationToken);
            return default;
        }
        catch (StreamException e)
        {
            throw Translate(call, "stream user update failed", e);
        }
    }

    private ScriptValue Leave(FunctionCall call)
    {
        var stream = call.Stream(2);
        try
        {
            streams.Leave(call.Id(0), call.Id(1), stream);
            return default;
        }
        catch (StreamException e)
        {
            throw Translate(call, "stream user leave failed", e);
        }
    }

    private ScriptValue Kick(FunctionCall call)
    {
        var presence = call.Fields(0);
        var (userId, sessionId) = (presence.Id("user_id"), presence.Id("session_id"));
        var stream = call.Stream(1);
        if (presence.TextOrNull("node") is { } name && !streams.IsNode(name)) throw new FunctionException("stream user kick failed: node not found");
        try
        {
            streams.Leave(userId, sessionId, stream);
            return default;
        }
        catch (StreamException e)
        {
            throw Translate(call, "stream user kick failed", e);
        }
    }

    private ScriptValue Close(FunctionCall call)
    {
        streams.Close(call.Stream(0));
        return default;
    }

    private ScriptValue Send(FunctionCall call)
    {
        streams.Send(call.Stream(0), call.Text(1), ReceiversOf(call), call.Flag(3));
        return default;
    }

    private ScriptValue SendRaw(FunctionCall call)
    {
        var stream = call.Stream(0);
        var envelope = new Envelope();
        try
        {
            ProtoJson.ReadStrict(System.Text.Encoding.UTF8.GetBytes(call.JsonOrNull(1)!), envelope);
        }
        catch (ProtoJsonException e)
        {
            var text = $"not a valid envelope: {e.Message}";
            throw call.Language == ScriptLanguage.JavaScript ? new FunctionException(text) : call.Refuse(1, text);
        }

        streams.SendRaw(stream, envelope, ReceiversOf(call));
        return default;
    }

    private static List<Guid>? ReceiversOf(FunctionCall call) =>
        call.Has(2) ? call.Rows(2, "expects a valid set of presences").ConvertAll(static row => row.Id("session_id")) : null;

    private static PresenceMeta MetaOf(FunctionCall call) => new(call.Flag(3), call.Flag(4), call.Text(5));

    private static ScriptRecord AddMeta(ScriptRecord record, TrackedPresence presence, ScriptLanguage language)
    {
        record
            .Add("hidden", presence.Meta.Hidden)
            .Add("persistence", presence.Meta.Persistence)
            .Add("username", presence.Username)
            .Add("status", presence.Meta.Status);
        return language == ScriptLanguage.JavaScript ? record.Add("reason", (double)presence.Reason) : record;
    }

    private static FunctionException Translate(FunctionCall call, string what, StreamException error) => error.Fault switch
    {
        StreamErrorReason.SessionUnknown => call.Refuse(1, error.Message),
        StreamErrorReason.OtherNode => new FunctionException($"{what}: {error.Message}"),
        _ => new FunctionException(error.Message),
    };
}
