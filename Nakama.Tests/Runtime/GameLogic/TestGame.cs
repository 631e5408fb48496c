using Nakama.GameLogic;
using Nakama.Protocol.Api;

namespace Nakama.Tests.Runtime.GameLogic;

/// <summary>A game in C# with a function of each kind, and a service of its own.</summary>
public sealed class TestGame(TestGame.Notes notes) : IGameModule
{
    public void Register(IGameBuilder game) => game
        .Rpc("Echo", static (_, payload) => Task.FromResult<string?>(payload))
        .Rpc("nothing", static (_, _) => Task.FromResult<string?>(null))
        .Rpc("who", WhoAsync)
        .Rpc("join", JoinAsync, TestGameJson.Default.JoinRequest, TestGameJson.Default.JoinResponse)
        .Rpc("refuse", static (_, payload) => throw new GameException((GameErrorCode)int.Parse(payload), "not today"))
        .Rpc("fail", static (_, _) => throw new InvalidOperationException("broken"))
        .Before(Requests.UpdateAccount, BeforeUpdateAsync)
        .After(Requests.UpdateAccount, AfterUpdateAsync)
        .Before(Requests.GetAccount, static (context, request) =>
            context.Vars.ContainsKey("hidden") ? throw new GameException(GameErrorCode.PermissionDenied, "no accounts") : Task.FromResult<Google.Protobuf.WellKnownTypes.Empty?>(request))
        .After(Requests.AuthenticateDevice, AfterAuthenticateAsync);

    private static Task<string?> WhoAsync(RpcContext context, string payload) => Task.FromResult<string?>(string.Join(
        '|', context.UserId, context.Username, context.SessionId is null ? "request" : "socket", context.Environment["word"],
        context.QueryParameters.TryGetValue("q", out var values) ? string.Join(',', values) : "", context.Headers.ContainsKey("content-type")));

    private async Task<JoinResponse> JoinAsync(RpcContext context, JoinRequest request)
    {
        await Task.Yield();
        notes.Add($"{context.Username} joins {request.Room}");
        return new JoinResponse(request.Room, request.Seats + 1);
    }

    private static Task<UpdateAccountRequest?> BeforeUpdateAsync(GameContext context, UpdateAccountRequest request)
    {
        switch (request.DisplayName)
        {
            case "nothing": return Task.FromResult<UpdateAccountRequest?>(null);
            case "refuse": throw new GameException(GameErrorCode.FailedPrecondition, "no such name");
            case "fail": throw new InvalidOperationException("broken hook");
            default:
                var changed = request.Clone();
                changed.DisplayName += $" of {context.Username}";
                return Task.FromResult<UpdateAccountRequest?>(changed);
        }
    }

    private Task AfterUpdateAsync(GameContext context, Google.Protobuf.WellKnownTypes.Empty? response, UpdateAccountRequest? request)
    {
        notes.Add($"{context.UserId} is now {request!.DisplayName}, {response is null}");
        throw new InvalidOperationException("nobody hears this");
    }

    private Task AfterAuthenticateAsync(GameContext context, Nakama.Protocol.Api.Session? session, AuthenticateDeviceRequest? request)
    {
        notes.Add($"{context.Username} signs in with {request!.Account.Id}, {session!.Created}");
        return Task.CompletedTask;
    }

    /// <summary>A service that the game asks for.</summary>
    public sealed class Notes
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public void Add(string line)
        {
            lock (_lines) _lines.Add(line);
        }
    }
}
