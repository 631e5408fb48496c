namespace Nakama.Server.Runtime.Functions;

/// <summary>A sentence for module authors, which is not always the same in every language.</summary>
public readonly record struct LanguageText(string Lua, string JavaScript)
{
    public static implicit operator LanguageText(string text) => new(text, text);

    public string In(ScriptLanguage language) => language == ScriptLanguage.JavaScript ? JavaScript : Lua;
}
