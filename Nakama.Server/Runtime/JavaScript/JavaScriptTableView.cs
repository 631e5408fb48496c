using System.Text;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>An object or array as a function sees it.</summary>
internal sealed class JavaScriptTableView(ObjectInstance table) : IScriptTable
{
    public ObjectInstance Object => table;

    public bool IsList => table is JsArray;

    public int Length => table is JsArray array ? (int)array.Length : 0;

    public bool IsEmpty => table is JsArray array ? array.Length == 0 : JavaScriptConversion.KeysOf(table).Count == 0;

    public ScriptValue this[int index] => JavaScriptConversion.ToHost(table.Get(JsNumber.Create(index)));

    public ScriptValue Field(string name) => JavaScriptConversion.ToHost(table.Get(JavaScriptConversion.Spelled(name)));

    public bool Has(string name) => table.Get(JavaScriptConversion.Spelled(name)).Type != Types.Undefined;

    public bool IsPlain => table is JsObject or JsArray;

    public IEnumerable<(string? Name, ScriptValue Value)> Entries()
    {
        foreach (var key in JavaScriptConversion.KeysOf(table)) yield return (key, JavaScriptConversion.ToHost(table.Get(key)));
    }

    /// <summary>The bytes of a member that is an <c>ArrayBuffer</c>; null when it is none.</summary>
    public byte[]? BufferOrNull(string name) =>
        table.Get(JavaScriptConversion.Spelled(name)) is JsArrayBuffer buffer ? Jint.JsValueExtensions.AsArrayBuffer(buffer) ?? [] : null;

    public byte[] ToJson() => JavaScriptJsonWriter.Write(table);

    public string ToJsonObject() => IsList ? FunctionCall.NoObject : Encoding.UTF8.GetString(ToJson());
}
