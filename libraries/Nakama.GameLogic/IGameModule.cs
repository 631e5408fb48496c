namespace Nakama.GameLogic;

/// <summary>
/// The rules of a game. The server makes one object of each module, with whatever services its constructor asks for, and calls
/// its functions from many threads at once.
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
    /// <summary>Says what the game wants to be called for. Runs once, before the server accepts clients.</summary>
    void Register(IGameBuilder game);
}
