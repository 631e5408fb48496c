using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Creates the <c>logger</c> of modules, which writes to the server's log.</summary>
internal sealed class JavaScriptLogger(ILogger<JavaScriptLogger> log)
{
    private const int MaxFields = 64;

    private static readonly string[] Members = ["debug", "info", "warn", "error", "withField", "withFields", "getFields", "fields"];

    public JsObject Make(JavaScriptEngine engine)
    {
        var logger = new JsObject(engine.Machine);
        Add("debug", (_, arguments) => Write(engine, LogLevel.Debug, arguments));
        Add("info", (_, arguments) => Write(engine, LogLevel.Information, arguments));
        Add("warn", (_, arguments) => Write(engine, LogLevel.Warning, arguments));
        Add("error", (_, arguments) => Write(engine, LogLevel.Error, arguments));
        Add("withField", (self, arguments) => WithField(engine, self, arguments));
        Add("withFields", (self, arguments) => WithFields(engine, self, arguments));
        Add("getFields", (_, _) => JavaScriptConversion.ToObject(engine.Machine, engine.LogFields));
        Set(logger, "fields", new JsObject(engine.Machine));
        return logger;

        void Add(string name, Func<JsValue, JsValue[], JsValue> run) => Set(logger, name, new ClrFunction(engine.Machine, name, run));
    }

    /// <summary>Removes what an earlier call has added to the object.</summary>
    public static void RemoveAdded(ObjectInstance logger)
    {
        var keys = logger.GetOwnPropertyKeys();
        if (keys.Count == Members.Length) return;
        foreach (var key in keys)
        {
            if (!Members.Contains(key.ToString())) logger.Delete(key);
        }
    }

    private static void Set(JsObject target, string name, JsValue value) =>
        target.FastSetProperty(name, new PropertyDescriptor(value, writable: false, enumerable: true, configurable: true));

    private JsValue Write(JavaScriptEngine engine, LogLevel level, JsValue[] arguments)
    {
        if (arguments.Length == 0) throw engine.MakeTypeError("expects a format string");
        if (engine.Recording is { IsReplay: true } || !log.IsEnabled(level)) return JsValue.Undefined;
        var fields = engine.LogFields.Count == 0 ? "" : string.Join(' ', engine.LogFields.Select(static field => $"{field.Key}={field.Value}"));
        var text = GoFormat.Format(arguments);
        JavaScriptLog.FromModule(log, level, text, engine.Context.Mode, engine.Context.Label, fields);
        return JsValue.Undefined;
    }

    private static JsValue WithField(JavaScriptEngine engine, JsValue self, JsValue[] arguments)
    {
        if (arguments.Length < 1 || !arguments[0].IsString()) throw engine.MakeTypeError("key argument must be a string");
        if (arguments.Length < 2 || !arguments[1].IsString()) throw engine.MakeTypeError("value argument must be a string");
        AddField(engine, arguments[0].ToString(), arguments[1].ToString());
        return self;
    }

    private static JsValue WithFields(JavaScriptEngine engine, JsValue self, JsValue[] arguments)
    {
        if (arguments.Length < 1 || arguments[0] is not ObjectInstance fields) throw engine.MakeTypeError("expects object with string keys and values");
        foreach (var key in JavaScriptConversion.KeysOf(fields))
        {
            var value = fields.Get(key);
            if (!value.IsString()) throw engine.MakeTypeError("expects string");
            AddField(engine, key, value.ToString());
        }

        return self;
    }

    private static void AddField(JavaScriptEngine engine, string key, string value)
    {
        if (engine.LogFields.Count < MaxFields || engine.LogFields.ContainsKey(key)) engine.LogFields[key] = value;
    }
}
