namespace Nakama.GameLogic;

/// <summary>
/// The game logic. The server creates one instance of each module, injects the services of its constructor, such as
/// <see cref="Functions.INakama"/>, and calls its functions concurrently from many threads. Scoped services of the constructor live
/// as long as the module; <see cref="GameContext.Services"/> has those of a call.
/// </summary>
/// <example><code>
/// var server = NakamaServer.CreateBuilder(args).WithGameLogic&lt;ChessGame&gt;();
/// await server.Build().RunAsync();
///
/// public sealed class ChessGame(OpeningBook book) : IGameModule
/// {
///     public void Register(IGameBuilder game) => game
///         .Rpc("best_move", BestMoveAsync, ChessJson.Default.Position, ChessJson.Default.Move)
///         .Before(Requests.CreateGroup, NameIsCleanAsync);
/// }
/// </code></example>
public interface IGameModule
{
    /// <summary>Registers the functions of the game. Runs once, before the server accepts clients.</summary>
    void Register(IGameBuilder game);
}
