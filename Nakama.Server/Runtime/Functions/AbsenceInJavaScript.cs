namespace Nakama.Server.Runtime.Functions;

/// <summary>Which absent values JavaScript may pass for an optional parameter.</summary>
public enum AbsenceInJavaScript
{
    UndefinedOrNull,

    /// <summary>Null is a value of the wrong type.</summary>
    Undefined,

    /// <summary>The parameter is required, other than in Lua.</summary>
    Never,
}
