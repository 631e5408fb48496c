namespace Nakama.Server.Runtime.Functions;

/// <summary>The kinds of value that a parameter accepts.</summary>
public enum ParameterKind
{
    /// <summary>A string; Lua also accepts a number for a required one.</summary>
    Text,

    /// <summary>Same as a string, but any bytes.</summary>
    Bytes,

    /// <summary>Bytes; JavaScript takes an ArrayBuffer only.</summary>
    Buffer,

    Flag,

    Number,

    /// <summary>A number that Lua truncates and that must be an integer in JavaScript.</summary>
    Whole,

    /// <summary>The text of an identifier.</summary>
    Id,

    /// <summary>A table, object or list.</summary>
    Table,

    /// <summary>A function of the module.</summary>
    Function,

    /// <summary>Any value, kept in the representation of the language.</summary>
    Any,
}
