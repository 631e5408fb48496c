using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.GameLogic;
using Nakama.GameLogic.Functions;
using Nakama.GameLogic.Matches;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime.GameLogic;

/// <summary>Matches with a handler in C#.</summary>
public sealed class MatchesInCSharp(MatchesInCSharp.Node node) : IClassFixture<MatchesInCSharp.Node>
{
    private INakama Nakama => node.Server.Services.GetRequiredService<INakama>();

    [Fact]
    public async Task Members_exchange_messages_through_the_loop()
    {
        var id = await CreateAsync();
        var (anna, ben) = (await node.Server.AuthenticateAsync(), await node.Server.AuthenticateAsync());
        await using var first = await node.Server.OpenSocketAsync(anna);
        await using var second = await node.Server.OpenSocketAsync(ben);

        var joined = await first.AskAsync(Join(id, "1"));
        Assert.Equal("open", joined.GetProperty("match").GetProperty("label").GetString());
        await second.AskAsync(Join(id));
        await first.SendAsync(Data(id, 7, "hello"));

        var data = await second.ReceiveAsync("match_data");
        Assert.Equal(("7", "hello"), (data.GetProperty("op_code").GetString(), TextOf(data)));
        Assert.Equal(anna.Username, data.GetProperty("presence").GetProperty("username").GetString());
        Assert.Equal("bye 1", await Nakama.Matches.SignalAsync(id, "kick " + ben.UserId));
        await second.ReceiveAsync("match_presence_event");
        await WaitAsync(async () => await Nakama.Matches.SignalAsync(id, "count") == "1");
    }

    [Fact]
    public async Task A_session_that_is_refused_hears_why()
    {
        var id = await CreateAsync(("closed", true));
        await using var socket = await node.Server.OpenSocketAsync(await node.Server.AuthenticateAsync());

        var answer = await socket.AskAsync(Join(id));

        Assert.Equal("It is closed.", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_match_is_listed_by_its_label_until_it_ends()
    {
        var label = Unique.Name();
        var id = await CreateAsync(("label", label));

        var listed = Assert.Single(await Nakama.Matches.ListAsync(10, authoritative: true, label: label));
        Assert.Equal((id, "lobby", 20), (listed.MatchId, listed.HandlerName, listed.TickRate));
        Assert.Equal("renamed", await Nakama.Matches.SignalAsync(id, "label " + label + "2"));
        await WaitAsync(async () => (await Nakama.Matches.ListAsync(10, authoritative: true, label: label + "2")).Count == 1);
        var error = await Assert.ThrowsAsync<NakamaException>(() => Nakama.Matches.SignalAsync(id, "end"));
        Assert.Equal(NakamaReasons.MatchBusy, error.Reason);
        await WaitAsync(async () => await Nakama.Matches.GetAsync(id) is null);
        Assert.Contains($"disposed {id}", node.Notes.Lines);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_its_match_alone()
    {
        var (id, other) = (await CreateAsync(), await CreateAsync());
        await using var socket = await node.Server.OpenSocketAsync(await node.Server.AuthenticateAsync());
        await socket.AskAsync(Join(id));

        await socket.SendAsync(Data(id, 13, ""));

        while (await socket.ReceiveBytesAsync() is not null) continue;
        Assert.Equal("0", await Nakama.Matches.SignalAsync(other, "count"));
    }

    [Fact]
    public async Task A_match_that_cannot_begin_says_why()
    {
        var unknown = await Assert.ThrowsAsync<NakamaException>(() => Nakama.Matches.CreateAsync("none"));
        Assert.Equal("error creating match: error creating match: not found", unknown.Message);
        var refused = await Assert.ThrowsAsync<NakamaException>(() => CreateAsync(("rate", 61)));
        Assert.Contains("tick rate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matches_have_time_to_end_when_the_node_stops()
    {
        var notes = new TestGame.Notes();
        await using (var server = await TestServer.StartAsync(
            static options => options with { ShutdownGraceSec = 60 },
            builder => builder.Services.AddSingleton(notes).AddScoped<IGameModule, Game>()))
        {
            await server.Services.GetRequiredService<INakama>().Matches.CreateAsync("lobby");
        }

        Assert.Contains("terminate 60", notes.Lines);
    }

    private Task<string> CreateAsync(params (string Name, object? Value)[] parameters) =>
        Nakama.Matches.CreateAsync("lobby", parameters.ToDictionary(static entry => entry.Name, static entry => entry.Value));

    private static string Join(string id, string seat = "") =>
        $$$"""
        "match_join":{"match_id":"{{{id}}}","metadata":{"seat":"{{{seat}}}"}}
        """;

    private static string Data(string id, int opCode, string text) =>
        $$$"""{"match_data_send":{"match_id":"{{{id}}}","op_code":"{{{opCode}}}","data":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}}"}}""";

    private static string TextOf(JsonElement data) => Encoding.UTF8.GetString(data.GetProperty("data").GetBytesFromBase64());

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition()) await Task.Delay(20, limit.Token);
    }

    public sealed class Node : IAsyncLifetime
    {
        internal TestServer Server { get; private set; } = null!;

        internal TestGame.Notes Notes { get; } = new();

        public async Task InitializeAsync() => Server = await TestServer.StartAsync(
            configure: builder => builder.Services.AddSingleton(Notes).AddScoped<IGameModule, Game>());

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }

    private sealed class Game : IGameModule
    {
        public void Register(IGameBuilder game) => game.Match<Lobby>("lobby");
    }

    private sealed record LobbyState(bool IsClosed)
    {
        public Dictionary<Guid, IMatchPresence> Members { get; } = [];
    }

    private sealed class Lobby(TestGame.Notes notes) : MatchHandler<LobbyState>, IDisposable
    {
        private string _id = "";

        public override ValueTask<MatchStart<LobbyState>> InitAsync(global::Nakama.GameLogic.Matches.IMatch match, IReadOnlyDictionary<string, object?> parameters)
        {
            _id = match.MatchId;
            var rate = parameters.TryGetValue("rate", out var asked) ? (int)(long)asked! : 20;
            return new(new MatchStart<LobbyState>(
                new LobbyState(parameters.ContainsKey("closed")), rate, parameters.TryGetValue("label", out var label) ? (string)label! : "open"));
        }

        public override ValueTask<MatchJoinDecision<LobbyState>> JoinAttemptAsync(global::Nakama.GameLogic.Matches.IMatch match, LobbyState state, MatchJoinAttempt attempt) =>
            new(new MatchJoinDecision<LobbyState>(state, !state.IsClosed, "It is closed."));

        public override ValueTask<LobbyState?> JoinAsync(global::Nakama.GameLogic.Matches.IMatch match, LobbyState state, IReadOnlyList<IMatchPresence> presences)
        {
            foreach (var presence in presences) state.Members[presence.UserId] = presence;
            return new(state);
        }

        public override ValueTask<LobbyState?> LeaveAsync(global::Nakama.GameLogic.Matches.IMatch match, LobbyState state, IReadOnlyList<IMatchPresence> presences)
        {
            foreach (var presence in presences) state.Members.Remove(presence.UserId);
            return new(state);
        }

        public override ValueTask<LobbyState?> LoopAsync(global::Nakama.GameLogic.Matches.IMatch match, LobbyState state, IReadOnlyList<MatchMessage> messages)
        {
            foreach (var message in messages)
            {
                if (message.OpCode == 13) throw new InvalidOperationException("unlucky");
                var others = state.Members.Values.Where(member => member.SessionId != message.Sender.SessionId).ToList();
                match.BroadcastDeferred(message.OpCode, message.Data.Span, others, message.Sender);
            }

            return new(state);
        }

        public override ValueTask<LobbyState?> TerminateAsync(global::Nakama.GameLogic.Matches.IMatch match, LobbyState state, TimeSpan grace)
        {
            notes.Add($"terminate {grace.TotalSeconds}");
            return new((LobbyState?)null);
        }

        public override async ValueTask<MatchSignalAnswer<LobbyState>> SignalAsync(global::Nakama.GameLogic.Matches.IMatch match, LobbyState state, string data)
        {
            await Task.Yield();
            switch (data.Split(' '))
            {
                case ["count"]: return new(state, state.Members.Count.ToString());
                case ["end"]: return new(null);
                case ["label", var label]:
                    match.UpdateLabel(label);
                    return new(state, "renamed");
                case ["kick", var id]:
                    match.Kick(state.Members[Guid.Parse(id)]);
                    return new(state, "bye 1");
                default: throw new InvalidOperationException(data);
            }
        }

        public void Dispose() => notes.Add($"disposed {_id}");
    }
}
