using Nakama.Server.Errors;

namespace Nakama.Server.Runtime;

/// <summary>The errors for module functions that were not called.</summary>
public static class RuntimeErrors
{
    /// <summary>A call waited longer than allowed.</summary>
    public static ApiException NoInterpreter(ScriptLanguage language) =>
        new(StatusCode.Unavailable, $"All {language} interpreters are busy. Try again later.");

    /// <summary>The queue of waiting calls is full.</summary>
    public static ApiException CallQueueFull(ScriptLanguage language) =>
        new(StatusCode.Unavailable, $"Too many calls wait for a {language} interpreter. Try again later.");

    public static ApiException NestedTooDeep => new(StatusCode.Internal, "Functions of modules call each other too deeply.");

    /// <summary>A function of a C# game failed; the log says why, and clients are not told.</summary>
    public static ApiException FunctionFailed => new(StatusCode.Internal, "The game logic failed.");
}
