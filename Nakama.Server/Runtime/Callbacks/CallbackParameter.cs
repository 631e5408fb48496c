using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>An argument or a result of a callback.</summary>
/// <param name="Name">As the documentation calls it.</param>
/// <param name="Type">What it is.</param>
public sealed record CallbackParameter(string Name, CallbackType Type)
{
    /// <summary>Whether it may be missing.</summary>
    public bool IsOptional { get; init; }

    /// <summary>
    /// How languages without types see an object of the server; null where the value is the same for all languages.
    /// </summary>
    internal Func<object, ScriptLanguage, ScriptValue>? View { get; init; }
}
