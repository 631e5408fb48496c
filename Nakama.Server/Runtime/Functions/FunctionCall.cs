using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>
/// One call of a function: its arguments, already of the kinds that the description specifies, by position, and the
/// context in which the module runs.
/// </summary>
public sealed class FunctionCall(ScriptLanguage language, object frame, RuntimeContext context, ScriptValue[] arguments)
{
    /// <summary>The JSON of a list where an object is expected.</summary>
    internal const string NoObject = "null";

    public ScriptLanguage Language { get; } = language;

    /// <summary>The call in the representation of its language; only that language can interpret it.</summary>
    public object Frame { get; } = frame;

    public RuntimeContext Context { get; } = context;

    /// <summary>Calls functions that the script has passed; null where the language cannot.</summary>
    public IFunctionCaller? Caller { get; init; }

    public ScriptValue this[int parameter] => arguments[parameter];

    public bool Has(int parameter) => !arguments[parameter].IsNull;

    public string Text(int parameter) => arguments[parameter].AsText();

    /// <summary>Null when an optional text is not given.</summary>
    public string? TextOrNull(int parameter) => Has(parameter) ? Text(parameter) : null;

    /// <summary>
    /// The new text of an existing value; null keeps the old one. An empty text clears it, except in Lua, where it keeps it.
    /// </summary>
    public string? Change(int parameter) =>
        TextOrNull(parameter) is { } text && (text.Length > 0 || Language != ScriptLanguage.Lua) ? text : null;

    public byte[] Bytes(int parameter) => arguments[parameter].AsBytes();

    public bool Flag(int parameter) => arguments[parameter].AsFlag();

    /// <summary>Null when an optional flag is not given.</summary>
    public bool? FlagOrNull(int parameter) => Has(parameter) ? Flag(parameter) : null;

    public double Number(int parameter) => arguments[parameter].AsNumber();

    /// <summary>A number truncated to an integer; clamped to 64 bits.</summary>
    public long Whole(int parameter) => arguments[parameter].AsWhole();

    /// <summary>Same as <see cref="Whole"/>; clamped to 32 bits.</summary>
    public int Whole32(int parameter) => (int)Math.Clamp(Whole(parameter), int.MinValue, int.MaxValue);

    public Guid Id(int parameter) => arguments[parameter].AsId();

    /// <summary>Null when an optional identifier is not given.</summary>
    public Guid? IdOrNull(int parameter) => Has(parameter) ? Id(parameter) : null;

    public IScriptTable Table(int parameter) => arguments[parameter].AsTable();

    /// <summary>Calls a function that the script has passed.</summary>
    /// <exception cref="FunctionException">The function failed; the text is its error.</exception>
    public ValueTask<ScriptValue> CallAsync(int parameter, ScriptValue argument, CancellationToken cancellationToken) =>
        (Caller ?? throw new FunctionException("functions cannot be called here")).CallAsync(this, arguments[parameter], argument, cancellationToken);

    /// <summary>The identifiers of a list.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="whenInvalid">The error for an entry that is not an identifier.</param>
    /// <param name="whenMalformed">The error of JavaScript for a text that is not an identifier, if a special one.</param>
    public List<Guid> Ids(int parameter, LanguageText whenInvalid, Func<string, string>? whenMalformed = null)
    {
        var table = List(parameter, whenInvalid);
        var ids = new List<Guid>(table.Length);
        for (var i = 0; i < table.Length; i++)
        {
            var entry = table[i];
            if (entry.Kind == ScriptValueKind.Text && UuidText.TryParse(entry.AsText(), out var id)) ids.Add(id);
            else if (entry.Kind == ScriptValueKind.Text && whenMalformed is not null) throw Refuse(parameter, new(whenInvalid.Lua, whenMalformed(entry.AsText())));
            else throw Refuse(parameter, whenInvalid);
        }

        return ids;
    }

    /// <summary>The strings of a list.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="whenInvalid">The error for an entry that is not a string, or is empty.</param>
    public List<string> Texts(int parameter, LanguageText whenInvalid)
    {
        var table = List(parameter, whenInvalid);
        var texts = new List<string>(table.Length);
        for (var i = 0; i < table.Length; i++)
        {
            var entry = table[i];
            if (entry.Kind != ScriptValueKind.Text || entry.AsText() is not { Length: > 0 } text) throw Refuse(parameter, whenInvalid);
            texts.Add(text);
        }

        return texts;
    }

    /// <summary>A table of strings by name; empty when an optional one is not given.</summary>
    public Dictionary<string, string> TextMap(int parameter, LanguageText whenKeyInvalid, LanguageText whenValueInvalid)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Has(parameter)) return map;
        foreach (var (name, value) in Table(parameter).Entries())
        {
            if (name is null) throw Refuse(parameter, whenKeyInvalid);
            map[name] = value.Kind == ScriptValueKind.Text ? value.AsText() : throw Refuse(parameter, whenValueInvalid);
        }

        return map;
    }

    /// <summary>A table as the text of a JSON object; null when an optional one is not given.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="whenList">The error of other languages than Lua for a list.</param>
    public string? JsonOrNull(int parameter, string whenList = "expects object")
    {
        if (!Has(parameter)) return null;
        try
        {
            var json = Table(parameter).ToJsonObject();
            return json != NoObject || Language == ScriptLanguage.Lua ? json : throw Refuse(parameter, whenList);
        }
        catch (ScriptValueException e)
        {
            throw new FunctionException($"error encoding to JSON: {e.Message}");
        }
    }

    /// <summary>Same as <see cref="JsonOrNull"/>; a list has no names and counts as absent.</summary>
    public string? MetadataOrNull(int parameter) => JsonOrNull(parameter) is { } json and not NoObject ? json : null;

    /// <summary>The tables of a list, for reading their fields.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="whenInvalid">The error for an entry that is not a table.</param>
    public List<TableFields> Rows(int parameter, LanguageText whenInvalid)
    {
        var table = List(parameter, whenInvalid);
        var rows = new List<TableFields>(table.Length);
        for (var i = 0; i < table.Length; i++)
        {
            var entry = table[i];
            rows.Add(entry.Kind == ScriptValueKind.Table ? new(this, parameter, entry.AsTable()) : throw Refuse(parameter, whenInvalid));
        }

        return rows;
    }

    /// <summary>An argument that is a table, for reading its fields.</summary>
    public TableFields Fields(int parameter) => new(this, parameter, Table(parameter));

    /// <summary>A table that is a list; one with named fields is rejected.</summary>
    private IScriptTable List(int parameter, LanguageText whenInvalid)
    {
        var table = Table(parameter);
        return table.Length > 0 || table.IsEmpty ? table : throw Refuse(parameter, whenInvalid);
    }

    /// <summary>Creates the error for an argument, to be thrown by the caller.</summary>
    public FunctionArgumentException Refuse(int parameter, LanguageText text) => new(parameter, text);
}
