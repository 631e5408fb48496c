using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime;

/// <summary>The modules of all languages and their callbacks, of which each name belongs to one language. Immutable.</summary>
internal sealed class LoadedModules
{
    public static readonly LoadedModules Nothing = new([]);

    private readonly SortedDictionary<ScriptLanguage, RuntimeRegistrations> _byLanguage;

    private LoadedModules(SortedDictionary<ScriptLanguage, RuntimeRegistrations> byLanguage)
    {
        _byLanguage = byLanguage;
        foreach (var (language, registrations) in byLanguage.Reverse())
        {
            foreach (var (kind, name) in registrations.Callbacks) Callbacks[KeyOf(language, kind, name)] = new(registrations, kind, name);
        }
    }

    /// <summary>The callbacks by a key that is the same for all that replace each other.</summary>
    public Dictionary<(CallbackKind Kind, string Key), RegisteredCallback> Callbacks { get; } = [];

    /// <summary>In the order of precedence of their languages.</summary>
    public IEnumerable<RuntimeRegistrations> Registrations => _byLanguage.Values;

    /// <summary>Null when the language has no modules.</summary>
    public RuntimeRegistrations? Of(ScriptLanguage language) => _byLanguage.GetValueOrDefault(language);

    public LoadedModules With(ScriptLanguage language, RuntimeRegistrations? registrations)
    {
        var copy = new SortedDictionary<ScriptLanguage, RuntimeRegistrations>(_byLanguage);
        if (registrations is null) copy.Remove(language);
        else copy[language] = registrations;
        return new(copy);
    }

    private static (CallbackKind, string) KeyOf(ScriptLanguage language, CallbackKind kind, string name) => (kind, CallbackTable.Of(kind).Names switch
    {
        CallbackNames.One => "",
        CallbackNames.AnyCase => name.ToLowerInvariant(),
        CallbackNames.All => $"{language} {name}",
        _ => name,
    });
}
