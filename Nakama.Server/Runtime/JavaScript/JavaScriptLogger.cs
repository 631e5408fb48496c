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

    private static readonly Dictionary<string, string> NoFields = [];

    /// <summary>The logger that functions get, without fields.</summary>
    public LoggerObject Make(JavaScriptEngine engine) => Make(engine, NoFields);

    private LoggerObject Make(JavaScriptEngine engine, Dictionary<string, string> fields)
    {
        var logger = new LoggerObject(engine);
        Add("debug", arguments => Write(engine, fields, LogLevel.Debug, arguments));
        Add("info", arguments => Write(engine, fields, LogLevel.Information, arguments));
        Add("warn", arguments => Write(engine, fields, LogLevel.Warning, arguments));
        Add("error", arguments => Write(engine, fields, LogLevel.Error, arguments));
        Add("withField", arguments => WithField(engine, fields, arguments));
        Add("withFields", arguments => WithFields(engine, fields, arguments));
        Add("getFields", _ => JavaScriptConversion.ToObject(engine.Machine, fields));
        Set(logger, "fields", new JsObject(engine.Machine));
        return logger;

        void Add(string name, Func<JsValue[], JsValue> run) => Set(logger, name, new ClrFunction(engine.Machine, name, (_, arguments) => run(arguments)));
    }

    private static void Set(LoggerObject target, string name, JsValue value) =>
        target.FastSetProperty(name, new PropertyDescriptor(value, writable: false, enumerable: true, configurable: true));

    private JsValue Write(JavaScriptEngine engine, Dictionary<string, string> fields, LogLevel level, JsValue[] arguments)
    {
        if (arguments.Length == 0) throw engine.MakeTypeError("expects a format string");
        if (!arguments[0].IsString()) throw engine.MakeTypeError("invalid format argument: must be a string");
        if (engine.Recording is { IsReplay: true } || !log.IsEnabled(level)) return JsValue.Undefined;
        var shown = fields.Count == 0 ? "" : string.Join(' ', fields.Select(static field => $"{field.Key}={field.Value}"));
        var text = GoFormat.Format(arguments);
        JavaScriptLog.FromModule(log, level, text, engine.Context.Mode, engine.Context.Label, shown);
        return JsValue.Undefined;
    }

    private LoggerObject WithField(JavaScriptEngine engine, Dictionary<string, string> fields, JsValue[] arguments)
    {
        if (arguments.Length < 1 || !arguments[0].IsString()) throw engine.MakeTypeError("key argument must be a string");
        if (arguments.Length < 2 || !arguments[1].IsString()) throw engine.MakeTypeError("value argument must be a string");
        var all = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        Add(all, arguments[0].ToString(), arguments[1].ToString());
        return Make(engine, all);
    }

    private LoggerObject WithFields(JavaScriptEngine engine, Dictionary<string, string> fields, JsValue[] arguments)
    {
        if (arguments.Length < 1 || arguments[0] is not ObjectInstance added) throw engine.MakeTypeError("argument must be a map");
        var all = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (var key in JavaScriptConversion.KeysOf(added))
        {
            var value = added.Get(key);
            if (!value.IsString()) throw engine.MakeTypeError("expects string");
            Add(all, key, value.ToString());
        }

        return Make(engine, all);
    }

    private static void Add(Dictionary<string, string> fields, string key, string value)
    {
        if (fields.Count < MaxFields || fields.ContainsKey(key)) fields[key] = value;
    }
}
