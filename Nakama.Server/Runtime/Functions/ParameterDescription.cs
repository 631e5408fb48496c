namespace Nakama.Server.Runtime.Functions;

/// <summary>One parameter of a function.</summary>
/// <param name="Name">The name in the documentation.</param>
/// <param name="Kind">The kind of value.</param>
public sealed record ParameterDescription(string Name, ParameterKind Kind)
{
    /// <summary>Whether it may be nil or left out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The default value of an optional parameter.</summary>
    public ScriptValue Default { get; init; }

    /// <summary>The default in JavaScript, if different.</summary>
    public ScriptValue? JavaScriptDefault { get; init; }

    /// <summary>Whether Lua requires it to be passed explicitly even when it is nil.</summary>
    public bool IsWritten { get; init; }

    /// <summary>When JavaScript may leave it out.</summary>
    public AbsenceInJavaScript Absence { get; init; }

    /// <summary>The error for an empty text; null when it may be empty.</summary>
    public LanguageText? WhenEmpty { get; init; }

    /// <summary>The error of JavaScript for a value that is no text, if a special one.</summary>
    public string? WhenNoText { get; init; }

    /// <summary>The error for a text that is not an identifier, or a value that is no function.</summary>
    public LanguageText WhenInvalid { get; init; } = "invalid id";

    /// <summary>The error of JavaScript for a value that is no array; null when an object is accepted too.</summary>
    public string? WhenNoArray { get; init; }

    /// <summary>The error of JavaScript for a value that is neither an object nor a list, if a special one.</summary>
    public LanguageText? WhenNoTable { get; init; }
}
