using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Matches with match handlers of game logic.</summary>
internal sealed class MatchFunctions(MatchPlacement matches, MatchCalls calls) : IFunctionModule
{
    private static readonly LanguageText BadParams = new("expects params to be nil or a table of key-value pairs", "expects params to be an object");

    public string Name => "Matches";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("match_create", "Creates a match with the handler of that name, which gets the params, and returns its id.")
            .Text("module", "expects module name").OptionalTable("params", BadParams).Written().NotNull().Returns("match_id")
            .Does(CreateAsync);
        functions.Function("match_signal", "Sends data to a match with a handler and returns the handler's answer.")
            .Text("match_id", "expects match ID").OptionalText("data", "").NotNull().Returns("data")
            .Does(SignalAsync);
    }

    private async ValueTask<ScriptValue> CreateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        if (call.Has(1) && call.Table(1).Length > 0)
            throw call.Refuse(1, BadParams);
        try
        {
            return ScriptValue.Of(await matches.CreateAsync(call.Text(0), call.Has(1) ? MatchParameters.Of(call.Table(1)) : [], cancellationToken));
        }
        catch (MatchException e)
        {
            throw Attempt.Fault("error creating match", e);
        }
    }

    private async ValueTask<ScriptValue> SignalAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        try
        {
            return ScriptValue.Of(await calls.SignalAsync(call.Text(0), call.Text(1), cancellationToken));
        }
        catch (MatchException e)
        {
            throw Attempt.Fault("failed to signal match", e);
        }
    }
}
