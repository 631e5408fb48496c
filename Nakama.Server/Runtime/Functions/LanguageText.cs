namespace Nakama.Server.Runtime.Functions;

/// <summary>A message for module authors, which may differ between languages.</summary>
public readonly record struct LanguageText(string Lua, string JavaScript)
{
    public static implicit operator LanguageText(string text) => new(text, text);

    public string In(ScriptLanguage language) => language == ScriptLanguage.JavaScript ? JavaScript : Lua;
}
