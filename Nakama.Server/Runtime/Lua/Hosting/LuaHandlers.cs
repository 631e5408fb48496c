using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Hooks;
using Nakama.Server.Leaderboards;
using Nakama.Server.Rpc;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Storage;
using Nakama.Server.Wire.Json;

namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>Makes of each registered function of a module what the server calls.</summary>
internal sealed class LuaHandlers(LuaCalls calls)
{
    private const string NotOneText = "Runtime function returned invalid data - only allowed one return value of type String/Byte.";

    public RuntimeRegistrations Make(LuaCallbacks callbacks)
    {
        var registrations = new RuntimeRegistrations();
        foreach (var (kind, name) in callbacks.Keys)
        {
            switch (kind)
            {
                case LuaCallbackKind.Rpc: registrations.Rpcs[name] = Rpc(name.ToLowerInvariant()); break;
                case LuaCallbackKind.BeforeRequest: registrations.BeforeRequests[name] = Before(kind, name); break;
                case LuaCallbackKind.BeforeMessage: registrations.BeforeMessages[name] = Before(kind, name); break;
                case LuaCallbackKind.AfterRequest: registrations.AfterRequests[name] = After(kind, name); break;
                case LuaCallbackKind.AfterMessage: registrations.AfterMessages[name] = After(kind, name); break;
                case LuaCallbackKind.StorageIndexFilter: registrations.StorageIndexFilters[name] = Filter(name); break;
                case LuaCallbackKind.LeaderboardReset: registrations.LeaderboardReset = Reset; break;
                case LuaCallbackKind.TournamentEnd: registrations.TournamentEnd = Turn(kind, ExecutionMode.TournamentEnd, "Tournament End"); break;
                case LuaCallbackKind.TournamentReset: registrations.TournamentReset = Turn(kind, ExecutionMode.TournamentReset, "Tournament Reset"); break;
                case LuaCallbackKind.MatchmakerMatched: registrations.MatchmakerMatched = new LuaMatchmaking(calls).Matched; break;
                case LuaCallbackKind.Shutdown: registrations.Shutdown = Shutdown; break;
            }
        }

        registrations.StorageIndexes.AddRange(callbacks.StorageIndexes);
        return registrations;
    }

    private RpcFunction Rpc(string id) => async (call, payload, cancellationToken) =>
    {
        var callback = new LuaCallback(LuaCallbackKind.Rpc, id, RuntimeContext.OfRpc(id, call), BoundsCodes: true);
        var result = await calls.CallAsync(callback, LuaString.From(payload), cancellationToken);
        return result.Kind switch
        {
            LuaKind.Nil => null,
            LuaKind.String or LuaKind.Function => LuaText.Of(result).ToString(),
            _ => throw new ApiError(StatusCode.Internal, NotOneText),
        };
    };

    private BeforeHook Before(LuaCallbackKind kind, string name) => async (caller, request, cancellationToken) =>
    {
        var callback = new LuaCallback(kind, name, RuntimeContext.OfHook(ExecutionMode.Before, name, caller), BoundsCodes: false);
        var result = await calls.CallAsync(callback, LuaMessages.ToLua(request), cancellationToken);
        // A request without fields cannot be changed, and what the hook returns for one means nothing.
        if (request is Empty) return request;
        if (result.IsNil) return null;
        try
        {
            return LuaMessages.FromLua(result, request.Descriptor);
        }
        catch (Exception e) when (e is ProtoJsonException or HostValueException or InvalidProtocolBufferException)
        {
            calls.Complain(callback, e.Message);
            throw ApiErrors.BeforeHookFailed;
        }
    };

    private AfterHook After(LuaCallbackKind kind, string name) => async (caller, response, request, cancellationToken) =>
    {
        var callback = new LuaCallback(kind, name, RuntimeContext.OfHook(ExecutionMode.After, name, caller), BoundsCodes: false);
        await calls.CallAsync(callback, LuaMessages.ToLua(response), LuaMessages.ToLua(request), cancellationToken);
    };

    private StorageIndexFilter Filter(string name) => async (write, cancellationToken) =>
    {
        var callback = new LuaCallback(LuaCallbackKind.StorageIndexFilter, name, RuntimeContext.OfServer(ExecutionMode.StorageIndexFilter, name), BoundsCodes: false);
        var shown = new HostRecord(7)
            .Add("key", write.Id.Key)
            .Add("collection", write.Id.Collection)
            .Add("user_id", write.Id.OwnerId.ToString())
            .Add("version", write.Version)
            .Add("permission_read", write.Read)
            .Add("permission_write", write.Write)
            .AddJson("value", write.Value);
        var result = await calls.CallAsync(callback, LuaConversion.ToLua(HostValue.Of(shown)), cancellationToken);
        return result.IsBoolean ? result.IsTruthy : throw new ApiError(StatusCode.Internal, "Invalid return type for Storage Index Filter function: bool expected");
    };

    private async ValueTask Reset(Wire.Api.Leaderboard board, long reset, CancellationToken cancellationToken)
    {
        var callback = new LuaCallback(
            LuaCallbackKind.LeaderboardReset, "", RuntimeContext.OfServer(ExecutionMode.LeaderboardReset, board.Id), BoundsCodes: false);
        var shown = LuaConversion.ToLua(HostValue.Of(BoardRecords.OfReset(board)));
        MustBeNothing(await calls.CallAsync(callback, shown, reset, cancellationToken), "Leaderboard Reset");
    }

    private TournamentTurn Turn(LuaCallbackKind kind, string mode, string title) => async (tournament, end, reset, cancellationToken) =>
    {
        var callback = new LuaCallback(kind, "", RuntimeContext.OfServer(mode, tournament.Id), BoundsCodes: false);
        var shown = LuaConversion.ToLua(HostValue.Of(BoardRecords.OfTurn(tournament, isEnd: kind == LuaCallbackKind.TournamentEnd)));
        MustBeNothing(await calls.CallAsync(callback, shown, end, reset, cancellationToken), title);
    };

    private static void MustBeNothing(in LuaValue result, string title)
    {
        if (!result.IsNil) throw new ApiError(StatusCode.Internal, $"Unexpected return type from runtime {title} hook, must be nil.");
    }

    private async ValueTask Shutdown(CancellationToken cancellationToken) => await calls.CallAsync(
        new LuaCallback(LuaCallbackKind.Shutdown, "", RuntimeContext.OfServer(ExecutionMode.Shutdown, ""), BoundsCodes: false),
        cancellationToken);
}
