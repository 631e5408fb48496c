using Nakama.Lua;
using Nakama.Server.Errors;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Lua;

/// <summary>Creates Lua functions from the descriptions.</summary>
internal sealed class LuaBinding(FunctionCatalog catalog, ILogger<LuaBinding> log)
{
    private LuaTable? _module;

    /// <summary>The table that <c>require("nakama")</c> returns. Each has the same functions, which keep no state.</summary>
    public LuaTable MakeModule() => new(_module ?? MakeFunctions());

    private LuaTable MakeFunctions()
    {
        var module = new LuaTable(0, catalog.Functions.Count);
        foreach (var function in catalog.Functions.Where(static function => function is { IsInLua: true, Service: null })) module[function.LuaName] = MakeFunction(function);
        foreach (var service in catalog.Services) module[$"get_{service}"] = MakeService(service);
        return _module = module;
    }

    /// <summary>The function that returns the table of a service.</summary>
    private LuaFunction MakeService(string service)
    {
        var members = new LuaTable(0, 0);
        foreach (var function in catalog.Functions.Where(function => function.IsInLua && function.Service == service)) members[function.LuaName] = MakeFunction(function);
        return LuaFunction.Create($"get_{service}", call => call.Return(new LuaTable(members)));
    }

    private LuaFunction MakeFunction(FunctionDescription function) => function.WaitingBody is null
        ? LuaFunction.Create(function.LuaName, call => Run(function, call))
        : LuaFunction.CreateAsync(function.LuaName, call => RunWaiting(function, call));

    private int Run(FunctionDescription function, LuaCall call)
    {
        try
        {
            return Push(function, call, function.Body!(Prepare(function, call)));
        }
        catch (Exception e) when (ToLua(function, call, e) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Callbacks that the function causes run on the calling interpreter.</summary>
    private ValueTask<int> RunWaiting(FunctionDescription function, LuaCall call)
    {
        try
        {
            var arguments = Prepare(function, call);
            var interpreter = LuaInterpreter.Of(call);
            var held = interpreter.Hold(function.TakesFunction);
            var running = Start(function, arguments, held, call.CancellationToken);
            if (!running.IsCompletedSuccessfully) return WaitAsync(function, call, running, interpreter, held);
            // No callback has begun, because the script has not been suspended.
            if (held is not null) interpreter.Release(held);
            return new(Push(function, call, running.Result));
        }
        catch (Exception e) when (ToLua(function, call, e) is { } error)
        {
            throw error;
        }
    }

    private static ValueTask<ScriptValue> Start(
        FunctionDescription function, FunctionCall arguments, HeldInterpreter? held, CancellationToken cancellationToken)
    {
        try
        {
            return function.WaitingBody!(arguments, cancellationToken);
        }
        catch (Exception e)
        {
            return ValueTask.FromException<ScriptValue>(e);
        }
        finally
        {
            held?.Leave();
        }
    }

    private async ValueTask<int> WaitAsync(
        FunctionDescription function, LuaCall call, ValueTask<ScriptValue> running, LuaInterpreter interpreter, HeldInterpreter? held)
    {
        try
        {
            ScriptValue result;
            try
            {
                result = await running;
            }
            finally
            {
                if (held is not null) await interpreter.ReleaseAsync(held);
            }

            return Push(function, call, result);
        }
        catch (Exception e) when (ToLua(function, call, e) is { } error)
        {
            throw error;
        }
    }

    private static FunctionCall Prepare(FunctionDescription function, in LuaCall call)
    {
        var parameters = function.Parameters;
        var arguments = parameters.Count == 0 ? [] : new ScriptValue[parameters.Count];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Read(parameters[i], call, i + 1);
        return new FunctionCall(ScriptLanguage.Lua, call, LuaInterpreter.Of(call).Context, arguments) { Caller = LuaFunctionCaller.Instance };
    }

    private static ScriptValue Read(ParameterDescription parameter, in LuaCall call, int number)
    {
        if (parameter.IsOptional && call.IsNoneOrNil(number))
            return parameter.IsWritten && number > call.Count ? throw call.ArgumentError(number, "value expected") : parameter.Default;
        switch (parameter.Kind)
        {
            case ParameterKind.Text or ParameterKind.Bytes:
                var text = parameter.IsOptional ? call.OptionalString(number, LuaString.Empty) : call.CheckString(number);
                if (text.Length == 0 && parameter.WhenEmpty is { } whenEmpty) throw call.ArgumentError(number, whenEmpty.Lua);
                return parameter.Kind == ParameterKind.Text ? ScriptValue.TextOf(text.Bytes) : ScriptValue.Of(text.Bytes);
            case ParameterKind.Id:
                return ReadId(parameter, call, number);
            case ParameterKind.Flag:
                return ScriptValue.Of(call.CheckBoolean(number));
            case ParameterKind.Number or ParameterKind.Whole:
                return ScriptValue.Of(call.CheckNumber(number));
            case ParameterKind.Table:
                return ScriptValue.Of(new LuaTableView(call.CheckTable(number)));
            case ParameterKind.Function:
                return ScriptValue.Foreign(new LuaValue(call.CheckFunction(number)));
            default:
                return ScriptValue.Foreign(call.CheckAny(number));
        }
    }

    private static ScriptValue ReadId(ParameterDescription parameter, in LuaCall call, int number)
    {
        var text = (parameter.IsOptional ? call.OptionalString(number, LuaString.Empty) : call.CheckString(number)).ToString();
        if (text.Length == 0)
        {
            if (parameter.IsOptional) return default;
            if (parameter.WhenEmpty is { } whenEmpty) throw call.ArgumentError(number, whenEmpty.Lua);
        }

        return UuidText.TryParse(text, out var id) ? ScriptValue.Of(id) : throw call.ArgumentError(number, parameter.WhenInvalid.Lua);
    }

    private static int Push(FunctionDescription function, in LuaCall call, in ScriptValue result)
    {
        if (result.Kind == ScriptValueKind.Results)
        {
            var results = result.AsResults();
            foreach (var value in results) call.Push(LuaConversion.ToLua(value));
            return results.Length;
        }

        return function.ResultNames.Count == 0 ? 0 : call.Return(LuaConversion.ToLua(result));
    }

    /// <summary>The error that the script may catch; null for an exception that must propagate unchanged.</summary>
    private LuaException? ToLua(FunctionDescription function, in LuaCall call, Exception error)
    {
        switch (error)
        {
            case FunctionArgumentException fault:
                return call.ArgumentError(fault.Parameter + 1, fault.Text.Lua);
            case FunctionException fault:
                return call.Error(fault.Text.Lua);
            case ApiException refusal:
                return call.Error(refusal.Message);
            case LuaException or OperationCanceledException:
                return null;
            default:
                ModuleLog.HostFunctionFailed(log, error, function.Name);
                return call.Error($"{function.Name} failed: {Cause.Of(error)}");
        }
    }
}
