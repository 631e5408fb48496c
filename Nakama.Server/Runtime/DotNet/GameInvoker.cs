using Nakama.GameLogic;
using Nakama.Server.Errors;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Calls functions of C# games, without a limit on concurrent calls.</summary>
internal sealed class GameInvoker(ILogger<GameInvoker> log) : ICallbackInvoker
{
    private readonly Dictionary<(CallbackKind Kind, string Name), GameFunction> _functions = [];

    public ScriptLanguage Language => ScriptLanguage.DotNet;

    public void Set(CallbackKind kind, string name, GameFunction function) => _functions[(kind, name)] = function;

    public async ValueTask<ScriptValue> InvokeAsync(CallbackCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await _functions[(call.Kind, call.Name)](call, cancellationToken);
        }
        catch (GameException e)
        {
            throw new ApiException(Enum.IsDefined(e.Code) ? (StatusCode)e.Code : StatusCode.Internal, e.Message);
        }
        catch (Exception e) when (e is not (ApiException or OperationCanceledException))
        {
            ModuleLog.FunctionFailed(log, e.Message, call.Context.Mode, call.Context.Label, e.ToString());
            throw new ApiException(StatusCode.Internal, e.Message);
        }
    }
}
