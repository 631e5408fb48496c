using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The <c>logger</c> that all calls of an engine get. What a call adds to it, the next one does not see.</summary>
internal sealed class LoggerObject : ObjectInstance
{
    private readonly HashSet<JsValue> _added = [];

    public LoggerObject(JavaScriptEngine engine)
        : base(engine.Machine) => Prototype = engine.Machine.Intrinsics.Object.PrototypeObject;

    public override bool Set(JsValue property, JsValue value, JsValue receiver)
    {
        NoteAdded(property);
        return base.Set(property, value, receiver);
    }

    public override bool DefineOwnProperty(JsValue property, PropertyDescriptor desc)
    {
        NoteAdded(property);
        return base.DefineOwnProperty(property, desc);
    }

    /// <summary>Removes what an earlier call has added.</summary>
    public void RemoveAdded()
    {
        if (_added.Count == 0) return;
        foreach (var property in _added) Delete(property);
        _added.Clear();
    }

    private void NoteAdded(JsValue property)
    {
        if (!HasOwnProperty(property)) _added.Add(property);
    }
}
