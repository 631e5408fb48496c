using Nakama.Server.Errors;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>
/// One kind of callback: its arguments besides the context, its results, and how modules register it. The same for all
/// languages; a language only has to call its function with these values.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Mode">One of <see cref="ExecutionMode"/>; empty if no context reports it.</param>
/// <param name="Summary">When it is called, for the documentation.</param>
public sealed record CallbackDescription(CallbackKind Kind, string Mode, string Summary)
{
    public CallbackNames Names { get; init; }

    /// <summary>The arguments after the context.</summary>
    public IReadOnlyList<CallbackParameter> Arguments { get; init; } = [];

    /// <summary>The results; several only if the last ones are optional.</summary>
    public IReadOnlyList<CallbackParameter> Results { get; init; } = [];

    /// <summary>The error for a result of another type; null if the result is not checked.</summary>
    public LanguageText? WhenResultWrong { get; init; }

    /// <summary>The effect of a failure of the function, for the documentation.</summary>
    public string OnFailure { get; init; } = "is logged";

    /// <summary>The function of <c>nk</c> that registers it in Lua; null if Lua has none.</summary>
    public string? LuaName { get; init; }

    /// <summary>The Lua error for an empty name.</summary>
    public string WhenNameEmpty { get; init; } = "";

    /// <summary>The member of <c>initializer</c> that registers it in JavaScript; null if JavaScript has none.</summary>
    public string? JavaScriptName { get; init; }

    /// <summary>The member of <c>IGameBuilder</c> that registers it in C#; null if C# has none yet.</summary>
    public string? DotNetName { get; init; }

    /// <summary>Checks what a function has returned against the type of the first result.</summary>
    /// <exception cref="ApiException">The result has another type.</exception>
    public ScriptValue Check(in ScriptValue result, ScriptLanguage language)
    {
        if (WhenResultWrong is not { } text) return result;
        if (result.IsNull && Results.All(static expected => expected.IsOptional)) return result;
        var isRight = Results.Count > 0 && Results[0].Type switch
        {
            CallbackType.Text => result.Kind is ScriptValueKind.Text or ScriptValueKind.Bytes,
            CallbackType.Flag => result.Kind == ScriptValueKind.Flag,
            CallbackType.Groups => result.Kind is ScriptValueKind.Native or ScriptValueKind.Table,
            CallbackType.Record => result.Kind is ScriptValueKind.Native or ScriptValueKind.Table,
            _ => false,
        };
        return isRight ? result : throw new ApiException(StatusCode.Internal, text.In(language));
    }
}
