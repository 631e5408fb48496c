using Jint;
using Jint.Native;
using Jint.Native.Error;
using Jint.Native.Function;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Creates engines with the built-ins that modules are written for, with all limits on.</summary>
internal static class JavaScriptDialect
{
    private const uint MaxArrayLength = 10_000_000;
    private const int MaxJsonDepth = 10_000;

    private static readonly TimeSpan RegexTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Built-ins that modules do not expect.</summary>
    private static readonly JsString[] Hidden =
    [
        .. new[]
        {
            "AsyncDisposableStack", "AsyncIterator", "Atomics", "DisposableStack", "FinalizationRegistry", "Float16Array", "Generator", "Intl",
            "Iterator", "ShadowRealm", "SharedArrayBuffer", "SuppressedError", "Temporal", "TypedArray", "WeakRef", "toString",
        }.Select(static name => new JsString(name)),
    ];

    private static readonly Prepared<Acornima.Ast.Script> ErrorClass = Engine.PrepareScript(
        """
        (function () {
          class GoError extends Error {
            constructor(message, value) { super(message); this.value = value; }
          }
          Object.defineProperty(GoError.prototype, "name", { value: "GoError", writable: true, configurable: true });
          return GoError;
        })()
        """,
        "prelude");

    private static readonly Prepared<Acornima.Ast.Script> Freeze = Engine.PrepareScript(
        """
        (function () {
          var keys = Object.keys, freeze = Object.freeze;
          return function freezeGlobals() {
            freeze(String.prototype);
            keys(globalThis).forEach(function (name) {
              var value = globalThis[name];
              if (value === null || value === undefined) return;
              freeze(value);
              if (value.prototype) freeze(value.prototype);
              if (value.__proto__) freeze(value.__proto__);
            });
          };
        })()
        """,
        "prelude");

    /// <summary>A new engine without any module.</summary>
    public static Engine Make(RuntimeOptions options, ScriptDeadline deadline, ScriptStack stack, JavaScriptModule module)
    {
        var engine = new Engine(settings => Configure(settings, options, deadline, stack, module));
        stack.ErrorClass = (ErrorConstructor)engine.GetValue("RangeError");
        foreach (var name in Hidden) engine.Global.Delete(name);
        return engine;
    }

    private static void Configure(Options settings, RuntimeOptions options, ScriptDeadline deadline, ScriptStack stack, JavaScriptModule module)
    {
        settings.Constraint(new ScriptMemory(options.JsCallMemoryMb, stack));
        settings.LimitMemory((long)options.JsCallMemoryMb << 20);
        settings.RegexTimeoutInterval(RegexTimeout);
        settings.Constraint(deadline);
        settings.Constraint(stack);
        settings.Constraints.StackOverflowGuard = true;
        settings.Constraints.MaxArraySize = MaxArrayLength;
        settings.Json.MaxParseDepth = MaxJsonDepth;
        settings.Interop.Enabled = false;
        settings.Interop.BuildCallStackHandler = (function, location, arguments) => StackTraces.Frame(module, function, location, arguments);
        settings.TimeZone = TimeZoneInfo.Utc;
        settings.RetainFunctionSourceText = true;
    }

    /// <summary>The class of errors of functions.</summary>
    public static Function MakeErrorClass(Engine engine) => (Function)engine.Evaluate(ErrorClass);

    /// <summary>The function that freezes what the module declared; made before the module can replace what it uses.</summary>
    public static Function MakeFreeze(Engine engine) => (Function)engine.Evaluate(Freeze);
}
