using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using Nakama.Server.Realtime;

namespace Nakama.Server.Transport.SignalR;

/// <summary>
/// The rules of every method call: null for a required text is treated as an empty one, as in the JSON of a socket;
/// a list or map that contains null is refused; a fault is logged and reported as on a socket.
/// </summary>
internal sealed class HubCalls(ILogger<HubCalls> log) : IHubFilter
{
    private readonly ConcurrentDictionary<MethodInfo, bool[]> _requiredTexts = new();

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(WithTexts(call));
        }
        catch (Exception e) when (e is not (HubException or OperationCanceledException))
        {
            SignalRLog.CallFailed(log, e, call.HubMethodName);
            throw HubErrors.Of(RealtimeErrors.Fault);
        }
    }

    private HubInvocationContext WithTexts(HubInvocationContext call)
    {
        var arguments = call.HubMethodArguments;
        object?[]? changed = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case null when IsRequiredText(call.HubMethod, i):
                    changed ??= [.. arguments];
                    changed[i] = "";
                    break;
                case IDictionary map when HasNull(map.Values):
                case object?[] items when HasNull(items):
                    throw HubErrors.Of(RealtimeException.BadInput("Invalid arguments"));
            }
        }

        return changed is null ? call : new(call.Context, call.ServiceProvider, call.Hub, call.HubMethod, changed);
    }

    private static bool HasNull(ICollection values)
    {
        foreach (var value in values)
        {
            if (value is null) return true;
        }

        return false;
    }

    private bool IsRequiredText(MethodInfo method, int index) => _requiredTexts.GetOrAdd(method, static method =>
    {
        var nullability = new NullabilityInfoContext();
        return [.. method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(string) && nullability.Create(parameter).WriteState == NullabilityState.NotNull)];
    })[index];
}
