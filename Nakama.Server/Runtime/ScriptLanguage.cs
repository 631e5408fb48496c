namespace Nakama.Server.Runtime;

/// <summary>The languages that game modules may be written in, in the order in which their registrations win.</summary>
public enum ScriptLanguage
{
    DotNet,
    Lua,
    JavaScript,
}
