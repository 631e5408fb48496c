using System.Runtime.CompilerServices;
using System.Text;
using Nakama.Lua.Library;
using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <summary>
/// An interpreter with its own stack. It runs one call at a time, on any thread. After any error, including exhausted budgets
/// and cancellation, it is ready for the next call.
/// </summary>
/// <example><code>
/// var machine = new LuaMachine(new LuaHost(TimeProvider.System), new LuaLimits());
/// machine.Loaded["nakama"] = functions;
/// var chunk = machine.Load(LuaPrototype.Compile(bytes, "modules/match.lua"));
/// var results = await machine.CallAsync(chunk, [], cancellationToken);
/// </code></example>
public sealed partial class LuaMachine
{
    private readonly LuaTable?[] _typeMetatables;
    private LuaCoroutine _main;
    private LuaCoroutine _current;
    private bool _isBusy;

    /// <summary>Creates an interpreter that has its own globals with the libraries of the dialect.</summary>
    public LuaMachine(LuaHost host, LuaLimits limits)
        : this(host, limits, LuaLibraries.NewGlobals(), new LuaTable(0, 16), new LuaTable?[8]) => LuaLibraries.Open(this);

    private LuaMachine(LuaHost host, LuaLimits limits, LuaTable globals, LuaTable loaded, LuaTable?[] typeMetatables)
    {
        Host = host;
        Limits = limits;
        Globals = globals;
        Loaded = loaded;
        _typeMetatables = typeMetatables;
        _main = new LuaCoroutine(this, null) { Status = LuaCoroutineStatus.Running };
        _current = _main;
        _entry = _main;
    }

    public LuaHost Host { get; }

    public LuaLimits Limits { get; }

    /// <summary>The globals of code that this interpreter loads.</summary>
    public LuaTable Globals { get; }

    /// <summary>The modules that <c>require</c> has loaded, by name; the script sees it as <c>package.loaded</c>.</summary>
    public LuaTable Loaded { get; }

    /// <summary>The error text of a canceled call.</summary>
    public string CancelledText { get; set; } = "context canceled";

    /// <summary>The code of modules that are in neither <c>package.loaded</c> nor <c>package.preload</c>; null for a module that is unknown.</summary>
    public Func<LuaString, LuaPrototype?>? ModuleSource { get; init; }

    /// <summary>An object of the host for native functions, such as the request or the match.</summary>
    public object? State { get; set; }

    /// <summary>
    /// Called when the script is suspended because a native function waits. Until that function completes,
    /// <see cref="CallNestedAsync"/> may be used.
    /// </summary>
    public Action? Waiting { get; set; }

    internal CancellationToken CancellationToken { get; private set; }

    /// <summary>The coroutine that is running now.</summary>
    internal LuaCoroutine Current => _current;

    internal LuaCoroutine Main => _main;

    /// <summary>
    /// Creates an interpreter that shares this one's globals, modules and functions. Code that it loads itself gets private
    /// globals, which fall back to the shared ones.
    /// </summary>
    public LuaMachine CreateSharing()
    {
        var globals = new LuaTable { Metatable = new LuaTable(0, 1) };
        globals.Metatable[LuaMetaNames.Of(LuaMeta.Index)] = Globals;
        return new LuaMachine(Host, Limits, globals, Loaded, _typeMetatables);
    }

    /// <summary>Creates a function from compiled source, with this interpreter's globals or the given ones.</summary>
    public LuaFunction Load(LuaPrototype prototype, LuaTable? environment = null) => new LuaClosure(prototype.Main, [], environment ?? Globals);

    /// <summary>Calls a function and blocks while native functions wait. Errors are <see cref="LuaException"/>.</summary>
    public LuaResults Call(LuaFunction function, ReadOnlySpan<LuaValue> arguments, CancellationToken cancellationToken)
    {
        Begin(function, arguments, maySuspend: false, cancellationToken);
        try
        {
            Execute(_main, 0, arguments.Length, null);
            return new LuaResults(_main, 0, _main.OpenEnd);
        }
        finally
        {
            End();
        }
    }

    /// <summary>
    /// Calls a function. Completes synchronously and without allocations unless a native function waits. Errors are
    /// <see cref="LuaException"/>, including cancellation and exhausted budgets, which scripts cannot catch.
    /// </summary>
    public ValueTask<LuaResults> CallAsync(LuaFunction function, ReadOnlySpan<LuaValue> arguments, CancellationToken cancellationToken)
    {
        Begin(function, arguments, maySuspend: true, cancellationToken);
        var isWaiting = false;
        try
        {
            isWaiting = !Execute(_main, 0, arguments.Length, null);
            return isWaiting ? FinishAsync() : new(new LuaResults(_main, 0, _main.OpenEnd));
        }
        finally
        {
            if (!isWaiting) End();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<LuaResults> FinishAsync()
    {
        try
        {
            while (true)
            {
                var count = 0;
                LuaException? error = null;
                var pending = _pending;
                _pending = default;
                Pause();
                // From here on until the native function ends, the interpreter may run nested calls.
                Waiting?.Invoke();
                try
                {
                    count = await pending.ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    error = Translate(exception);
                }
                Continue();
                if (error is null) Deliver(_current, _current.PendingResult, count, _current.PendingWanted);
                if (Execute(_main, -1, 0, error)) return new LuaResults(_main, 0, _main.OpenEnd);
            }
        }
        finally
        {
            End();
        }
    }

    private void Begin(LuaFunction function, ReadOnlySpan<LuaValue> arguments, bool maySuspend, CancellationToken cancellationToken)
    {
        if (_isBusy) throw new InvalidOperationException("The interpreter is in the middle of another call.");
        Place(function, arguments);
        _isBusy = true;
        _maySuspend = maySuspend;
        CancellationToken = cancellationToken;
        StartBudget();
    }

    private void Place(LuaFunction function, ReadOnlySpan<LuaValue> arguments)
    {
        _main.Ensure(arguments.Length + 1);
        _main.Stack[0] = new LuaValue(function);
        arguments.CopyTo(_main.Stack.AsSpan(1));
    }

    private void End()
    {
        Pause();
        _main.FrameCount = 0;
        _main.Top = 0;
        // Values that the call left on the stack must not keep objects alive, except the results, which are still to be read.
        var end = Math.Clamp(_main.OpenEnd, 0, _main.Stack.Length);
        _main.Stack.AsSpan(end).Clear();
        if (_outer is not null)
        {
            EndNested();
            return;
        }
        _current = _main;
        CancellationToken = default;
        _isBusy = false;
    }

    /// <summary>An error with the position of the innermost script function.</summary>
    internal static LuaException Error(LuaCoroutine thread, string message) => new(Position(thread) + message);

    /// <summary><c>file:line: </c> of the innermost script function, or empty when there is none.</summary>
    internal static string Position(LuaCoroutine thread, int level = 1)
    {
        for (var current = thread; current is not null; current = current.Parent)
        {
            for (var index = current.FrameCount - 1; index >= 0; index--)
            {
                ref var frame = ref current.Frames[index];
                var isScript = frame.Kind == LuaFrameKind.Script;
                if (--level <= 0 && isScript) return frame.Closure!.Proto.Position(frame.Next - 1) + " ";
                if (isScript) level -= frame.TailCallCount;
            }
        }
        return "";
    }

    /// <summary>The name by which the script calls the running native function.</summary>
    internal static string CalleeName(LuaCoroutine thread)
    {
        if (thread.FrameCount == 0) return "(anonymous)";
        ref var frame = ref thread.Frames[thread.FrameCount - 1];
        if (frame.Kind != LuaFrameKind.Script) return "(anonymous)";
        return frame.Closure!.Proto.CallNames.TryGetValue(frame.Next - 1, out var name) ? name.ToString() : "?";
    }

    private static string Traceback(LuaCoroutine thread)
    {
        var text = new StringBuilder("stack traceback:");
        for (var current = thread; current is not null; current = current.Parent)
        {
            for (var index = current.FrameCount - 1; index >= 0; index--)
            {
                ref var frame = ref current.Frames[index];
                if (frame.Closure is not { } closure || frame.Kind != LuaFrameKind.Script) text.Append("\n\t[G]: in function 'pcall'");
                else if (closure.Proto.Line == 0) text.Append("\n\t").Append(closure.Proto.Position(frame.Next - 1)).Append(" in main chunk");
                else text.Append("\n\t").Append(closure.Proto.Position(frame.Next - 1)).Append(" in function <").Append(closure.Proto.ChunkName).Append(':').Append(closure.Proto.Line).Append('>');
            }
        }
        return text.Append("\n\t[G]: ?").ToString();
    }
}
