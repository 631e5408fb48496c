using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.Functions;

/// <summary>A function rejected a module's call. Each language raises it as an error of its own that modules can catch.</summary>
public class FunctionException(LanguageText text) : ApiException(StatusCode.InvalidArgument, text.Lua)
{
    public LanguageText Text { get; } = text;

    /// <summary>The part of the text that says why the operation failed; null when the text has one part.</summary>
    public string? Cause { get; init; }
}
