namespace Nakama.Server.Runtime;

/// <summary>The modules of one language.</summary>
public interface IScriptRuntime
{
    ScriptLanguage Language { get; }

    /// <summary>Loads all modules, which register their callbacks; null when there are none.</summary>
    /// <exception cref="Errors.StartupException">A module cannot be loaded; the message says which, where and why.</exception>
    ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken);
}
