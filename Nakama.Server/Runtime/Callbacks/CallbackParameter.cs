using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>An argument or a result of a callback.</summary>
/// <param name="Name">The name in the documentation.</param>
/// <param name="Type">The type.</param>
public sealed record CallbackParameter(string Name, CallbackType Type)
{
    /// <summary>Whether it may be missing.</summary>
    public bool IsOptional { get; init; }

    /// <summary>
    /// Converts a server object for dynamically typed languages; null if the value is the same for all languages.
    /// </summary>
    internal Func<object, ScriptLanguage, ScriptValue>? View { get; init; }
}
