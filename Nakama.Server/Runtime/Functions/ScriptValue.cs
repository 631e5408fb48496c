using System.Text;
using Google.Protobuf;

namespace Nakama.Server.Runtime.Functions;

/// <summary>
/// A value that is passed between a module's language and the server. Languages convert arguments to it and results from
/// it; functions do not depend on anything else of a language.
/// </summary>
public readonly struct ScriptValue
{
    private readonly object? _object;
    private readonly double _number;

    private ScriptValue(ScriptValueKind kind, object? value, double number = 0)
    {
        Kind = kind;
        _object = value;
        _number = number;
    }

    public static ScriptValue Null => default;

    /// <summary>No value, in a representation of the language that it keeps on its way back there.</summary>
    public static ScriptValue NullOf(object value) => new(ScriptValueKind.Null, value);

    public ScriptValueKind Kind { get; }

    public bool IsNull => Kind == ScriptValueKind.Null;

    public static ScriptValue Of(bool flag) => new(ScriptValueKind.Flag, null, flag ? 1 : 0);

    public static ScriptValue Of(double number) => new(ScriptValueKind.Number, null, number);

    /// <summary>A whole number of 64 bits, which a floating-point number may not hold exactly.</summary>
    public static ScriptValue OfWhole(long number) => new(ScriptValueKind.Number, number, number);

    public static ScriptValue Of(string? text) => text is null ? default : new(ScriptValueKind.Text, text);

    public static ScriptValue Of(byte[] bytes) => new(ScriptValueKind.Bytes, bytes);

    public static ScriptValue Of(Guid id) => new(ScriptValueKind.Id, id);

    public static ScriptValue Of(IScriptTable table) => new(ScriptValueKind.Table, table);

    public static ScriptValue Of(List<ScriptValue> items) => new(ScriptValueKind.List, items);

    public static ScriptValue Of(ScriptRecord record) => new(ScriptValueKind.Record, record);

    public static ScriptValue Of(IReadOnlyDictionary<string, string> map) => new(ScriptValueKind.Map, map);

    /// <summary>A string that is still in its original UTF-8 bytes.</summary>
    public static ScriptValue TextOf(byte[] utf8) => new(ScriptValueKind.Text, utf8);

    public static ScriptValue Json(string text) => new(ScriptValueKind.Json, text);

    public static ScriptValue Message(IMessage? message) => new(ScriptValueKind.Message, message);

    public static ScriptValue Native(object value) => new(ScriptValueKind.Native, value);

    public static ScriptValue Foreign(object value) => new(ScriptValueKind.Foreign, value);

    /// <summary>For functions whose description has several results.</summary>
    public static ScriptValue Results(params ScriptValue[] values) => new(ScriptValueKind.Results, values);

    public bool AsFlag() => _number != 0;

    public double AsNumber() => _number;

    /// <summary>The number truncated to an integer; clamped to 64 bits.</summary>
    public long AsWhole() => _object is long exact ? exact : (long)_number;

    public Guid AsId() => (Guid)_object!;

    public IScriptTable AsTable() => (IScriptTable)_object!;

    public ScriptRecord AsRecord() => (ScriptRecord)_object!;

    public List<ScriptValue> AsList() => (List<ScriptValue>)_object!;

    public IReadOnlyDictionary<string, string> AsMap() => (IReadOnlyDictionary<string, string>)_object!;

    public ScriptValue[] AsResults() => (ScriptValue[])_object!;

    public IMessage? AsMessage() => (IMessage?)_object;

    public object AsNative() => _object!;

    public object AsForeign() => _object!;

    /// <summary>The representation of the language; null when it has only one.</summary>
    public object? AsNull() => _object;

    /// <summary>The string; invalid UTF-8 becomes U+FFFD.</summary>
    public string AsText() => _object as string ?? Encoding.UTF8.GetString((byte[])_object!);

    /// <summary>The bytes, or the UTF-8 bytes of the string.</summary>
    public byte[] AsBytes() => _object as byte[] ?? Encoding.UTF8.GetBytes((string)_object!);
}
