using Acornima.Ast;
using Jint;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The bundle that all engines run.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Name">Its base name, as in stacks.</param>
/// <param name="Script">The parsed script, shared by all engines.</param>
/// <param name="InitName">The name under which its InitModule is found.</param>
internal sealed record JavaScriptModule(string File, string Name, Prepared<Script> Script, string InitName)
{
    /// <summary>Names that the script declares with let, const or class at its top level.</summary>
    public required IReadOnlySet<string> LexicalNames { get; init; }

    /// <summary>The globals that registrations with a member access refer to, by the registered id.</summary>
    public required IReadOnlyDictionary<string, string> MemberNames { get; init; }

    /// <summary>Null without a source map.</summary>
    public SourceMap? Map { get; init; }
}
