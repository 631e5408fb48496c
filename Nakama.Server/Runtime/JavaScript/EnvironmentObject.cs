using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The shared environment as an object of one engine. Its members are strings.</summary>
internal sealed class EnvironmentObject : ObjectInstance
{
    private readonly JavaScriptEngine _owner;
    private readonly SharedEnvironment _environment;

    public EnvironmentObject(JavaScriptEngine engine, SharedEnvironment environment)
        : base(engine.Machine)
    {
        (_owner, _environment) = (engine, environment);
        Prototype = engine.Machine.Intrinsics.Object.PrototypeObject;
    }

    public override PropertyDescriptor GetOwnProperty(JsValue property) =>
        property.IsString() && _environment.Find(property.ToString()) is { } value
            ? new PropertyDescriptor(JsString.Create(value), writable: true, enumerable: true, configurable: true)
            : PropertyDescriptor.Undefined;

    public override bool Set(JsValue property, JsValue value, JsValue receiver) => TrySet(property, value);

    /// <summary>False for what is no value: a getter or setter, or a change of other attributes alone.</summary>
    public override bool DefineOwnProperty(JsValue property, PropertyDescriptor desc) =>
        !desc.IsAccessorDescriptor() && desc.Value is { } value && TrySet(property, value);

    /// <summary>False: all engines may add to the environment.</summary>
    public override bool PreventExtensions() => false;

    public override bool Delete(JsValue property)
    {
        if (property.IsString()) _environment.Remove(property.ToString());
        return true;
    }

    public override List<JsValue> GetOwnPropertyKeys(Types types = Types.Empty | Types.String | Types.Symbol) =>
        (types & Types.String) == 0 ? [] : [.. _environment.Names.Select(static name => JsString.Create(name))];

    public override IEnumerable<KeyValuePair<JsValue, PropertyDescriptor>> GetOwnProperties()
    {
        foreach (var key in GetOwnPropertyKeys()) yield return new(key, GetOwnProperty(key));
    }

    private bool TrySet(JsValue property, JsValue value)
    {
        if (!property.IsString()) return false;
        return _environment.TrySet(property.ToString(), JavaScriptConversion.TextOf(value))
            ? true
            : throw _owner.MakeTypeError("the environment is too large");
    }
}
