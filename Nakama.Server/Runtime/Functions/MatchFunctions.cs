namespace Nakama.Server.Runtime.Functions;

/// <summary>Matches with match handlers of game logic.</summary>
internal sealed class MatchFunctions : IFunctionModule
{
    public string Name => "Matches";

    public void Describe(FunctionGroup functions) =>
        functions.Function("match_create", "Begins a match with the handler of that name. This server has no such matches yet, and says so.")
            .Text("module", "expects module name").OptionalTable("params").Written().Returns("match_id")
            .Does(static _ => throw new FunctionException("error creating match: authoritative matches are not available yet"));
}
