using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>
/// One call of a function: its arguments, already of the kinds that the description names, by their places in it, and on
/// whose behalf the module runs.
/// </summary>
public sealed class FunctionCall(ScriptLanguage language, object frame, RuntimeContext context, ScriptValue[] arguments)
{
    /// <summary>What stands for a list where an object is wanted.</summary>
    internal const string NoObject = "null";

    public ScriptLanguage Language { get; } = language;

    /// <summary>The call as its language has it; only that language knows more about it.</summary>
    public object Frame { get; } = frame;

    public RuntimeContext Context { get; } = context;

    public ScriptValue this[int parameter] => arguments[parameter];

    public bool Has(int parameter) => !arguments[parameter].IsNull;

    public string Text(int parameter) => arguments[parameter].AsText();

    /// <summary>Null when an optional text is not given.</summary>
    public string? TextOrNull(int parameter) => Has(parameter) ? Text(parameter) : null;

    /// <summary>
    /// The new text of something that has one; null keeps the old. An empty text clears it, but keeps it in Lua.
    /// </summary>
    public string? Change(int parameter) =>
        TextOrNull(parameter) is { } text && (text.Length > 0 || Language != ScriptLanguage.Lua) ? text : null;

    public byte[] Bytes(int parameter) => arguments[parameter].AsBytes();

    public bool Flag(int parameter) => arguments[parameter].AsFlag();

    /// <summary>Null when an optional flag is not given.</summary>
    public bool? FlagOrNull(int parameter) => Has(parameter) ? Flag(parameter) : null;

    public double Number(int parameter) => arguments[parameter].AsNumber();

    /// <summary>A number without its fraction; beyond the range of 64 bits it is the last one there.</summary>
    public long Whole(int parameter) => (long)arguments[parameter].AsNumber();

    /// <summary>As <see cref="Whole"/>; beyond the range of 32 bits it is the last one there.</summary>
    public int Whole32(int parameter) => (int)Math.Clamp(Whole(parameter), int.MinValue, int.MaxValue);

    public Guid Id(int parameter) => arguments[parameter].AsId();

    /// <summary>Null when an optional identifier is not given.</summary>
    public Guid? IdOrNull(int parameter) => Has(parameter) ? Id(parameter) : null;

    public IScriptTable Table(int parameter) => arguments[parameter].AsTable();

    /// <summary>The identifiers of a list.</summary>
    /// <param name="parameter">Which.</param>
    /// <param name="whenInvalid">The complaint about an entry that is none.</param>
    public List<Guid> Ids(int parameter, LanguageText whenInvalid)
    {
        var table = List(parameter, whenInvalid);
        var ids = new List<Guid>(table.Length);
        for (var i = 0; i < table.Length; i++)
        {
            var entry = table[i];
            ids.Add(entry.Kind == ScriptValueKind.Text && UuidText.TryParse(entry.AsText(), out var id) ? id : throw Refuse(parameter, whenInvalid));
        }

        return ids;
    }

    /// <summary>The texts of a list.</summary>
    /// <param name="parameter">Which.</param>
    /// <param name="whenInvalid">The complaint about an entry that is no text or an empty one.</param>
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

    /// <summary>A table of texts by name; empty when an optional one is not given.</summary>
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
    public string? JsonOrNull(int parameter)
    {
        if (!Has(parameter)) return null;
        try
        {
            return Table(parameter).ToJsonObject();
        }
        catch (ScriptValueException e)
        {
            throw new FunctionException($"error encoding to JSON: {e.Message}");
        }
    }

    /// <summary>As <see cref="JsonOrNull"/>; a list, which has no names, counts as nothing.</summary>
    public string? MetadataOrNull(int parameter) => JsonOrNull(parameter) is { } json and not NoObject ? json : null;

    /// <summary>The tables of a list, to read their fields.</summary>
    /// <param name="parameter">Which.</param>
    /// <param name="whenInvalid">The complaint about an entry that is no table.</param>
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

    /// <summary>An argument that is a table, to read its fields.</summary>
    public TableFields Fields(int parameter) => new(this, parameter, Table(parameter));

    /// <summary>A table that is a list; one with names instead is none.</summary>
    private IScriptTable List(int parameter, LanguageText whenInvalid)
    {
        var table = Table(parameter);
        return table.Length > 0 || table.IsEmpty ? table : throw Refuse(parameter, whenInvalid);
    }

    /// <summary>The complaint about an argument, to be thrown.</summary>
    public FunctionArgumentException Refuse(int parameter, LanguageText text) => new(parameter, text);
}
