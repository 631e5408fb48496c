namespace Nakama.Server.Runtime;

/// <summary>The modules of one language.</summary>
public interface IScriptRuntime
{
    ScriptLanguage Language { get; }

    /// <summary>
    /// The extension of the files of modules, with its dot, when modules can be loaded again; null when they cannot.
    /// </summary>
    string? FileExtension => null;

    /// <summary>
    /// Loads all modules, which register their callbacks; null when there are none. When it is called again, the earlier
    /// registrations must go on working, for calls and matches that have begun.
    /// </summary>
    /// <exception cref="Errors.StartupException">A module cannot be loaded; the message says which, where and why.</exception>
    ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken);
}
