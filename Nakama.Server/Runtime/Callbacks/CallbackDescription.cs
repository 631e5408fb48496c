using Nakama.Server.Errors;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>
/// One kind of callback: what goes in besides the context, what comes out, and how modules register it. The same for all
/// languages; a language only calls its function with these values.
/// </summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Mode">One of <see cref="ExecutionMode"/>; empty where no context says it.</param>
/// <param name="Summary">When it is called, for the documentation.</param>
public sealed record CallbackDescription(CallbackKind Kind, string Mode, string Summary)
{
    public CallbackNames Names { get; init; }

    /// <summary>What goes in after the context.</summary>
    public IReadOnlyList<CallbackParameter> Arguments { get; init; } = [];

    /// <summary>What comes out; several only where the last ones may be left out.</summary>
    public IReadOnlyList<CallbackParameter> Results { get; init; } = [];

    /// <summary>The error when something else comes out; null where that is not looked at.</summary>
    public LanguageText? WhenResultWrong { get; init; }

    /// <summary>What a failure of the function does, for the documentation.</summary>
    public string OnFailure { get; init; } = "is logged";

    /// <summary>The function of <c>nk</c> that registers it in Lua; null where Lua cannot.</summary>
    public string? LuaName { get; init; }

    /// <summary>The complaint about an empty name in Lua.</summary>
    public string WhenNameEmpty { get; init; } = "";

    /// <summary>The member of <c>initializer</c> that registers it in JavaScript; null where JavaScript cannot.</summary>
    public string? JavaScriptName { get; init; }

    /// <summary>The member of <c>IGameBuilder</c> that registers it in C#; null where C# cannot yet.</summary>
    public string? DotNetName { get; init; }

    /// <summary>Checks what a function has returned against the type of the first result.</summary>
    /// <exception cref="ApiException">It is something else.</exception>
    public ScriptValue Check(in ScriptValue result, ScriptLanguage language)
    {
        if (WhenResultWrong is not { } text) return result;
        if (result.IsNull && Results.All(static expected => expected.IsOptional)) return result;
        var isRight = Results.Count > 0 && Results[0].Type switch
        {
            CallbackType.Text => result.Kind is ScriptValueKind.Text or ScriptValueKind.Bytes,
            CallbackType.Flag => result.Kind == ScriptValueKind.Flag,
            CallbackType.Groups => result.Kind == ScriptValueKind.Native,
            _ => false,
        };
        return isRight ? result : throw new ApiException(StatusCode.Internal, text.In(language));
    }
}
