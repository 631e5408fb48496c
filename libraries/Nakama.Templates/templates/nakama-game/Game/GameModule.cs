using Nakama.GameLogic;
using Nakama.GameLogic.Functions;

namespace MyGame;

/// <summary>What the server calls.</summary>
public sealed class GameModule(INakama nakama) : IGameModule
{
    public void Register(IGameBuilder game) => game
        .Rpc("hello", static (context, payload) => Task.FromResult<string?>($"Hello, {context.Username}."))
        .Rpc("create_match", async (context, payload) => await nakama.Matches.CreateAsync("counter"))
        .Match<CounterMatch>("counter");
}
