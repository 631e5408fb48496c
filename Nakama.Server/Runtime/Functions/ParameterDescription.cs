namespace Nakama.Server.Runtime.Functions;

/// <summary>One parameter of a function.</summary>
/// <param name="Name">As the documentation calls it.</param>
/// <param name="Kind">What it takes.</param>
public sealed record ParameterDescription(string Name, ParameterKind Kind)
{
    /// <summary>Whether nil or nothing may stand for it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What stands for an optional one that is not given.</summary>
    public ScriptValue Default { get; init; }

    /// <summary>The default in JavaScript, where it is another.</summary>
    public ScriptValue? JavaScriptDefault { get; init; }

    /// <summary>Whether Lua wants it written out even when it is nil.</summary>
    public bool IsWritten { get; init; }

    /// <summary>The complaint about an empty text; null when it may be empty.</summary>
    public LanguageText? WhenEmpty { get; init; }

    /// <summary>The complaint about a text that is no identifier.</summary>
    public LanguageText WhenInvalid { get; init; } = "invalid id";
}
