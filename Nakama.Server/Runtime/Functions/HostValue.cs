using System.Text;
using Google.Protobuf;

namespace Nakama.Server.Runtime.Functions;

/// <summary>
/// A value on its way between a module's language and the server. Languages make them of arguments and read them as
/// results; functions see nothing else of a language.
/// </summary>
public readonly struct HostValue
{
    private readonly object? _object;
    private readonly double _number;

    private HostValue(HostKind kind, object? value, double number = 0)
    {
        Kind = kind;
        _object = value;
        _number = number;
    }

    public static HostValue Null => default;

    public HostKind Kind { get; }

    public bool IsNull => Kind == HostKind.Null;

    public static HostValue Of(bool flag) => new(HostKind.Flag, null, flag ? 1 : 0);

    public static HostValue Of(double number) => new(HostKind.Number, null, number);

    public static HostValue Of(string? text) => text is null ? default : new(HostKind.Text, text);

    public static HostValue Of(byte[] bytes) => new(HostKind.Bytes, bytes);

    public static HostValue Of(Guid id) => new(HostKind.Id, id);

    public static HostValue Of(IHostTable table) => new(HostKind.Table, table);

    public static HostValue Of(List<HostValue> items) => new(HostKind.List, items);

    public static HostValue Of(HostRecord record) => new(HostKind.Record, record);

    public static HostValue Of(IReadOnlyDictionary<string, string> map) => new(HostKind.Map, map);

    /// <summary>A text that is still the bytes it came as.</summary>
    public static HostValue TextOf(byte[] utf8) => new(HostKind.Text, utf8);

    public static HostValue Json(string text) => new(HostKind.Json, text);

    public static HostValue Message(IMessage? message) => new(HostKind.Message, message);

    public static HostValue Native(object value) => new(HostKind.Native, value);

    public static HostValue Foreign(object value) => new(HostKind.Foreign, value);

    /// <summary>For functions that are described with several results.</summary>
    public static HostValue Results(params HostValue[] values) => new(HostKind.Results, values);

    public bool AsFlag() => _number != 0;

    public double AsNumber() => _number;

    public Guid AsId() => (Guid)_object!;

    public IHostTable AsTable() => (IHostTable)_object!;

    public HostRecord AsRecord() => (HostRecord)_object!;

    public List<HostValue> AsList() => (List<HostValue>)_object!;

    public IReadOnlyDictionary<string, string> AsMap() => (IReadOnlyDictionary<string, string>)_object!;

    public HostValue[] AsResults() => (HostValue[])_object!;

    public IMessage? AsMessage() => (IMessage?)_object;

    public object AsNative() => _object!;

    public object AsForeign() => _object!;

    /// <summary>The text; what is not valid UTF-8 becomes U+FFFD.</summary>
    public string AsText() => _object as string ?? Encoding.UTF8.GetString((byte[])_object!);

    /// <summary>The bytes, or those of the text.</summary>
    public byte[] AsBytes() => _object as byte[] ?? Encoding.UTF8.GetBytes((string)_object!);
}
