using System.Globalization;
using Google.Protobuf;
using Nakama.GameLogic.Functions;
using Nakama.Protocol.Json;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>Functions for C# games: makes their arguments from values of C#, and values of C# from their results.</summary>
internal abstract partial class GameFunctionGroup(GameFunctionCaller caller)
{
    protected Task<ScriptValue> CallAsync(string name, ScriptValue[] arguments, CancellationToken cancellationToken) =>
        caller.CallAsync(name, arguments, cancellationToken);

    protected ScriptValue Call(string name, ScriptValue[] arguments) => caller.Call(name, arguments);

    protected static ScriptValue Text(string? text) => ScriptValue.Of(text);

    protected static ScriptValue Id(Guid id) => ScriptValue.Of(id);

    protected static ScriptValue Id(Guid? id) => id is { } given ? ScriptValue.Of(given) : default;

    protected static ScriptValue Flag(bool flag) => ScriptValue.Of(flag);

    protected static ScriptValue Flag(bool? flag) => flag is { } given ? ScriptValue.Of(given) : default;

    protected static ScriptValue Whole(long number) => ScriptValue.OfWhole(number);

    protected static ScriptValue Whole(long? number) => number is { } given ? ScriptValue.OfWhole(given) : default;

    /// <summary>An instant as seconds since the epoch.</summary>
    protected static ScriptValue Instant(DateTimeOffset? instant) => instant is { } given ? ScriptValue.OfWhole(given.ToUnixTimeSeconds()) : default;

    /// <summary>The text of a JSON object; the function checks it.</summary>
    protected static ScriptValue Json(string? text) => text is null ? default : ScriptValue.Of(new GameJson(text));

    protected static ScriptValue Message(IMessage message) => Json(ProtoJson.ToString(message, JsonFormat.Api));

    protected static ScriptValue Map(IReadOnlyDictionary<string, string>? map) => map is null ? default : ScriptValue.Of(GameFields.Of(map));

    protected static ScriptValue Changeset(IReadOnlyDictionary<string, long> changeset) => ScriptValue.Of(GameFields.Of(changeset));

    protected static ScriptValue Parameters(IReadOnlyDictionary<string, object?>? parameters) =>
        parameters is null ? default : GameParameters.Of(parameters);

    protected static ScriptValue Ids(IReadOnlyCollection<Guid>? ids) => ids is null ? default : TextsOf(ids.Select(static id => id.ToString()), ids.Count);

    /// <summary>An empty list counts as not given.</summary>
    protected static ScriptValue IdsIfAny(IReadOnlyCollection<Guid> ids) => ids.Count == 0 ? default : Ids(ids);

    protected static ScriptValue Texts(IReadOnlyCollection<string>? texts) => texts is null ? default : TextsOf(texts, texts.Count);

    /// <inheritdoc cref="IdsIfAny"/>
    protected static ScriptValue TextsIfAny(IReadOnlyCollection<string>? texts) => texts is null or { Count: 0 } ? default : Texts(texts);

    protected static ScriptValue Order(ScoreOrder order) => ScriptValue.Of(order == ScoreOrder.Ascending ? "asc" : "desc");

    protected static ScriptValue Operator(ScoreOperator? requested) => requested is { } given ? ScriptValue.Of(TermOf(given)) : default;

    /// <summary>The object that a record shows.</summary>
    protected static T Source<T>(in ScriptValue value) => (T)value.AsRecord().Source!;

    protected static T? SourceOrNull<T>(in ScriptValue value)
        where T : class => value.IsNull ? null : Source<T>(value);

    protected static IReadOnlyList<T> List<T>(in ScriptValue value) => GameResults.List<T>(value);

    protected static Page<T> Page<T>(in ScriptValue value) => GameResults.Page<T>(value);

    protected static string TextOf(in ScriptValue value) => value.Kind == ScriptValueKind.Null ? "" : value.AsText();

    private static ScriptValue TextsOf(IEnumerable<string> texts, int count)
    {
        var items = new List<ScriptValue>(count);
        foreach (var text in texts) items.Add(ScriptValue.Of(text));
        return ScriptValue.Of(new GameList(items));
    }

    private static string TermOf(ScoreOperator requested) => requested switch
    {
        ScoreOperator.Best => "best",
        ScoreOperator.Set => "set",
        ScoreOperator.Increment => "incr",
        ScoreOperator.Decrement => "decr",
        _ => ((int)requested).ToString(CultureInfo.InvariantCulture),
    };
}
