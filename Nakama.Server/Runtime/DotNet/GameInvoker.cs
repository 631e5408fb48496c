using Nakama.GameLogic;
using Nakama.Server.Errors;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Calls functions of C# games, without a limit on concurrent calls.</summary>
internal sealed class GameInvoker(GameContexts contexts, IServiceScopeFactory scopes, ILogger<GameInvoker> log) : ICallbackInvoker
{
    private readonly Dictionary<(CallbackKind Kind, string Name), GameFunction> _functions = [];

    public ScriptLanguage Language => ScriptLanguage.DotNet;

    public void Set(CallbackKind kind, string name, GameFunction function) => _functions[(kind, name)] = function;

    public async ValueTask<ScriptValue> InvokeAsync(CallbackCall call, CancellationToken cancellationToken)
    {
        var services = new CallServices(scopes);
        try
        {
            return await _functions[(call.Kind, call.Name)](ContextOf(call, services, cancellationToken), call.Arguments);
        }
        catch (GameException e)
        {
            throw new ApiException(Enum.IsDefined(e.Code) ? (StatusCode)e.Code : StatusCode.Internal, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not ApiException)
        {
            ModuleLog.FunctionFailed(log, e.Message, call.Context.Mode, call.Context.Label, e.ToString());
            throw RuntimeErrors.FunctionFailed;
        }
        finally
        {
            await services.DisposeAsync();
        }
    }

    private GameContext ContextOf(in CallbackCall call, CallServices services, CancellationToken cancellationToken) => call.Kind == CallbackKind.Rpc
        ? contexts.MakeForRpc(call.Context, services, cancellationToken)
        : contexts.Make(call.Context, services, cancellationToken);
}
