using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>An engine with the module loaded. Everything but its properties is used on threads for scripts only.</summary>
internal sealed class JavaScriptEngine
{
    /// <summary>How many times as long as it took nothing is measured again.</summary>
    private const int MeasuringPauses = 50;

    /// <summary>By how many times the limit the memory of the server may grow within such a pause.</summary>
    private const int MaxGrowth = 4;

    private readonly JavaScriptHost _host;
    private readonly Dictionary<(CallbackKind Kind, string Name), JsValue> _functions = new(CallbackKeys.Instance);
    private readonly Dictionary<string, JsValue> _lexical = new(StringComparer.Ordinal);
    private readonly Function _errorClass;
    private readonly Function? _freeze;
    private readonly long _maxRetained;
    private JavaScriptRegistrations _registrations = new();
    private long _measureAgainAt;
    private long _heapWhenMeasured;
    private long _allocatedBefore;
    private long _allocatedSinceMeasured;

    /// <summary>Creates the engine and runs the top level of the module.</summary>
    /// <param name="host">What all engines share.</param>
    /// <param name="module">The module.</param>
    /// <param name="isReadOnly">Whether <see cref="Connect"/> freezes what the module declared.</param>
    public JavaScriptEngine(JavaScriptHost host, JavaScriptModule module, bool isReadOnly)
    {
        (_host, Module) = (host, module);
        _maxRetained = (long)host.Options.JsRetainedMemoryMb << 20;
        Deadline = new ScriptDeadline(host.Time, TimeSpan.FromMilliseconds(host.Options.JsCallTimeoutMs), Stack);
        Machine = JavaScriptDialect.Make(host.Options, Deadline, Stack, module);
        _errorClass = JavaScriptDialect.MakeErrorClass(Machine);
        if (isReadOnly) _freeze = JavaScriptDialect.MakeFreeze(Machine);
        Environment = host.Contexts.MakeEnvironment(this);
        Functions = host.Binding.MakeModule(this);
        Logger = host.Logger.Make(this);
        Deadline.Begin();
        Machine.Execute(module.Script);
    }

    public Engine Machine { get; }

    public JavaScriptModule Module { get; }

    public ScriptDeadline Deadline { get; }

    public ScriptStack Stack { get; } = new();

    /// <summary>The environment, as shown in contexts.</summary>
    public EnvironmentObject Environment { get; }

    /// <summary>The object that modules know as <c>nk</c>.</summary>
    public ObjectInstance Functions { get; }

    public LoggerObject Logger { get; }

    /// <summary>The context of the current call.</summary>
    public RuntimeContext Context { get; private set; } = RuntimeContext.Loading;

    /// <summary>Whether it was stopped in the middle of a call and must not be used again.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether its values take more memory than allowed, so that it must not be used again.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The pool to which it returns; null for the engine that loads the module and those of matches.</summary>
    public object? Pool { get; set; }

    /// <summary>The results of functions that InitModule calls, when it is recorded or replayed.</summary>
    public InitRecording? Recording { get; set; }

    /// <summary>Makes the functions that InitModule registered callable in this engine.</summary>
    public void Connect(JavaScriptRegistrations registrations, InitRecording recording)
    {
        _registrations = registrations;
        foreach (var name in registrations.LexicalNames) _lexical[name] = Machine.Evaluate(name);
        if (registrations.NeedsInit)
        {
            Recording = recording.Replay();
            new JavaScriptInitializer(this, new JavaScriptRegistrations(), (kind, name, function) => _functions.TryAdd((kind, name), function)).Run(_host);
            Recording = null;
        }

        if (_freeze is not null) Machine.Call(_freeze, JsValue.Undefined, []);
        Deadline.End();
    }

    /// <summary>Calls a registered function.</summary>
    /// <exception cref="Errors.ApiException">The function failed or was stopped.</exception>
    public ScriptValue Call(in CallbackCall call)
    {
        var outer = Context;
        Context = call.Context;
        try
        {
            var function = Find(call.Kind, call.Name);
            var arguments = new JsValue[3 + call.Arguments.Count];
            arguments[0] = _host.Contexts.Make(this, call.Context);
            arguments[1] = Logger;
            arguments[2] = Functions;
            for (var i = 0; i < call.Arguments.Count; i++)
                arguments[3 + i] = JavaScriptConversion.ToScript(Machine, call.View(i, ScriptLanguage.JavaScript));
            var result = Machine.Call(function, JsValue.Null, arguments);
            Machine.Advanced.ProcessTasks();
            return ResultOf(result, call.Kind);
        }
        catch (Exception e)
        {
            throw _host.Errors.ToApiException(this, e, call.Context);
        }
        finally
        {
            Context = outer;
        }
    }

    /// <summary>Calls a function that the script has passed to a function of the server.</summary>
    /// <exception cref="FunctionException">The function threw.</exception>
    public ScriptValue CallFunction(JsValue function, in ScriptValue argument)
    {
        try
        {
            var result = Machine.Call(function, JsValue.Undefined, [JavaScriptConversion.ToScript(Machine, argument)]);
            Machine.Advanced.ProcessTasks();
            return ResultOf(result);
        }
        catch (JavaScriptException e)
        {
            throw new FunctionException(StackTraces.Join(JavaScriptConversion.TextOf(e.Error), StackTraces.Of(e, Module)));
        }
    }

    /// <summary>Calls a function of a match handler with values of this engine.</summary>
    /// <exception cref="Errors.ApiException">The function failed or was stopped.</exception>
    public JsValue CallMatch(CallbackKind kind, string name, RuntimeContext context, JsValue shown, ReadOnlySpan<JsValue> values)
    {
        Context = context;
        try
        {
            var result = Machine.Call(Find(kind, name), JsValue.Null, [shown, Logger, Functions, .. values]);
            Machine.Advanced.ProcessTasks();
            return result;
        }
        catch (Exception e)
        {
            throw _host.Errors.ToApiException(this, e, context);
        }
    }

    /// <summary>Begins a call that no other one waits for.</summary>
    public void BeginCall()
    {
        Logger.RemoveAdded();
        Stack.BeginCall();
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        Deadline.Begin();
    }

    /// <summary>Ends a call on the thread on which it began.</summary>
    /// <param name="state">What the caller keeps of the engine's values; null for nothing.</param>
    public void EndCall(JsValue? state = null)
    {
        Deadline.End();
        if (_maxRetained == 0) return;
        _allocatedSinceMeasured += GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
        // What takes more than the limit was allocated first.
        if (_allocatedSinceMeasured <= _maxRetained || IsBroken || !MayMeasure()) return;
        var begin = _host.Time.GetTimestamp();
        IsTooLarge = RetainedMemory.Of(_maxRetained, Machine, _functions, state) > _maxRetained;
        var end = _host.Time.GetTimestamp();
        _measureAgainAt = end + ((end - begin) * MeasuringPauses);
        _heapWhenMeasured = HeapBytes;
        _allocatedSinceMeasured = 0;
    }

    /// <summary>Within the pause only when the memory of the server has grown so much that these values may be the cause.</summary>
    private bool MayMeasure() =>
        _host.Time.GetTimestamp() >= _measureAgainAt || HeapBytes - _heapWhenMeasured > _maxRetained * MaxGrowth;

    /// <summary>The error of a function of the server, as scripts catch it.</summary>
    public JavaScriptException MakeError(string message)
    {
        var value = new JsObject(Machine);
        value.FastSetProperty("toString", new PropertyDescriptor(new ClrFunction(Machine, "toString", (_, _) => JsString.Create(message)), writable: true, enumerable: false, configurable: true));
        return new JavaScriptException(Machine.Construct(_errorClass, [JsString.Create(message), value]));
    }

    public JavaScriptException MakeTypeError(string message) => new(Machine.Intrinsics.TypeError, message);

    /// <summary>Waits for a function of the server, and runs callbacks that it causes meanwhile.</summary>
    public ScriptValue Wait(FunctionWait wait, ValueTask<ScriptValue> running, HeldInterpreter? held)
    {
        Deadline.Pause();
        _host.Threads.BeginWait();
        try
        {
            wait.Begin(running, held);
            while (wait.Next() is { } nested)
            {
                Deadline.Resume();
                _host.Threads.RunNested(nested);
                Deadline.Pause();
            }
        }
        finally
        {
            _host.Threads.EndWait();
            Deadline.Resume();
        }

        return wait.Result;
    }

    /// <summary>What was in use after the last garbage collection.</summary>
    private static long HeapBytes => GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes;

    private JsValue Find(CallbackKind kind, string name)
    {
        var function = _registrations.Find(kind, name) switch
        {
            { Place: FunctionPlace.Global } place => Machine.Global.Get(place.GlobalName),
            { Place: FunctionPlace.Lexical } place => _lexical[place.GlobalName],
            { } => _functions.GetValueOrDefault((kind, name)) ?? JsValue.Undefined,
            null => throw new InvalidOperationException($"No function is registered for {kind} {name}."),
        };
        return function.IsCallable()
            ? function
            : throw new Errors.ApiException(Errors.StatusCode.Internal, kind == CallbackKind.Rpc ? "Could not run Rpc function." : "Could not run the function: it has been overwritten.");
    }

    /// <summary>What the caller may use after the engine has begun another call.</summary>
    private static ScriptValue ResultOf(JsValue value, CallbackKind? kind = null)
    {
        if (value.IsSymbol()) return ScriptValue.Of(JavaScriptConversion.TextOf(value));
        var result = JavaScriptConversion.ToHost(value);
        if (result.Kind != ScriptValueKind.Table) return result;
        var table = (JavaScriptTableView)result.AsTable();
        return ScriptValue.Of(kind is CallbackKind.Http or CallbackKind.ConsoleHttp ? SerializedTable.Of(table, "body") : SerializedTable.Of(table));
    }
}
