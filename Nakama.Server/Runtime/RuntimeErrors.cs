using Nakama.Server.Errors;

namespace Nakama.Server.Runtime;

/// <summary>Why a function of a module was not called.</summary>
public static class RuntimeErrors
{
    /// <summary>A call waited as long as it may.</summary>
    public static ApiException NoInterpreter(ScriptLanguage language) =>
        new(StatusCode.Unavailable, $"All {language} interpreters are busy. Try again later.");

    /// <summary>As many calls wait as may.</summary>
    public static ApiException CallQueueFull(ScriptLanguage language) =>
        new(StatusCode.Unavailable, $"Too many calls wait for a {language} interpreter. Try again later.");

    public static ApiException NestedTooDeep => new(StatusCode.Internal, "Functions of modules call each other too deeply.");
}
