using Nakama.GameLogic.Functions;
using Nakama.Server.Errors;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>Calls the functions that all languages share on behalf of C# games.</summary>
internal sealed class GameFunctionCaller(FunctionCatalog catalog, ILogger<GameFunctionCaller> log)
{
    private static readonly object NoFrame = new();
    private static readonly RuntimeContext Context = RuntimeContext.OfServer("", "");

    /// <summary>Calls a function with its arguments in the order of its description; missing ones get their defaults.</summary>
    /// <exception cref="NakamaException">The function refuses the call.</exception>
    public async Task<ScriptValue> CallAsync(string name, ScriptValue[] arguments, CancellationToken cancellationToken)
    {
        var function = Find(name);
        try
        {
            var call = Prepare(function, arguments);
            return function.WaitingBody is { } body ? await body(call, cancellationToken) : function.Body!(call);
        }
        catch (Exception e) when (Translate(function, e) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Calls a function that never waits.</summary>
    /// <exception cref="NakamaException">The function refuses the call.</exception>
    public ScriptValue Call(string name, ScriptValue[] arguments)
    {
        var function = Find(name);
        try
        {
            return function.Body!(Prepare(function, arguments));
        }
        catch (Exception e) when (Translate(function, e) is { } error)
        {
            throw error;
        }
    }

    private FunctionDescription Find(string name) =>
        catalog.Find(name) ?? throw new InvalidOperationException($"The server has no function {name}.");

    private static FunctionCall Prepare(FunctionDescription function, ScriptValue[] arguments)
    {
        var parameters = function.Parameters;
        var prepared = new ScriptValue[parameters.Count];
        for (var i = 0; i < prepared.Length; i++)
        {
            var (parameter, argument) = (parameters[i], i < arguments.Length ? arguments[i] : default);
            if (argument.IsNull)
            {
                if (!parameter.IsOptional) throw new FunctionArgumentException(i, "a value is required");
                argument = parameter.Default;
            }
            else if (parameter.WhenEmpty is { } whenEmpty && argument.Kind == ScriptValueKind.Text && argument.AsText().Length == 0)
            {
                throw new FunctionArgumentException(i, whenEmpty);
            }

            prepared[i] = argument;
        }

        return new FunctionCall(ScriptLanguage.DotNet, NoFrame, Context, prepared) { Caller = GameCallbackCaller.Instance };
    }

    /// <summary>The exception for the game; null for one that must propagate unchanged.</summary>
    private NakamaException? Translate(FunctionDescription function, Exception error)
    {
        switch (error)
        {
            case FunctionArgumentException fault:
                return new NakamaException(function.Name, $"{function.Parameters[fault.Parameter].Name}: {fault.Message}", fault.Cause, fault);
            case FunctionException fault:
                return new NakamaException(function.Name, fault.Message, fault.Cause, fault);
            case ApiException refusal:
                return new NakamaException(function.Name, refusal.Message, cause: refusal);
            case OperationCanceledException:
                return null;
            default:
                ModuleLog.HostFunctionFailed(log, error, function.Name);
                return new NakamaException(function.Name, $"{function.Name} failed: {Cause.Of(error)}", cause: error);
        }
    }
}
