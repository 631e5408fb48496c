namespace Nakama.Server.Runtime;

/// <summary>The languages of game modules, in the order of precedence of their registrations.</summary>
public enum ScriptLanguage
{
    DotNet,
    Lua,
    JavaScript,
}
