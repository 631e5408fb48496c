using System.Text.Json.Serialization;

namespace TicTacToe;

public sealed record GameLabel(string Game, IReadOnlyList<Guid> Players, bool Over);

public sealed record GameView(IReadOnlyList<int> Board, IReadOnlyList<PlayerView> Players, int Turn, int Winner);

public sealed record PlayerView(Guid UserId, string Username, bool Connected);

public sealed record MoveMessage(int? Cell);

public sealed record Rejection(string Reason);

public sealed record RunningMatch(string MatchId);

/// <summary>A request without fields.</summary>
public sealed record Nothing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GameLabel))]
[JsonSerializable(typeof(GameView))]
[JsonSerializable(typeof(MoveMessage))]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(RunningMatch))]
[JsonSerializable(typeof(Nothing))]
internal sealed partial class GameJson : JsonSerializerContext;
