namespace Nakama.Server.Runtime.Functions;

/// <summary>What a parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>A text; Lua also takes a number for one that is required.</summary>
    Text,

    /// <summary>As a text, but any bytes.</summary>
    Bytes,

    Flag,

    Number,

    /// <summary>A number of which Lua drops the fraction and which must be whole in JavaScript.</summary>
    Whole,

    /// <summary>The text of an identifier.</summary>
    Id,

    /// <summary>A table, object or list.</summary>
    Table,

    /// <summary>A function of the module.</summary>
    Function,

    /// <summary>Anything, kept as the language has it.</summary>
    Any,
}
