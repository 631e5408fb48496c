using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Runtime;

/// <summary>The modules of every node: versions, functions, errors; and the jobs of the cluster.</summary>
public sealed partial class RuntimePage
{
    protected override AclResources Needs => AclResources.Configuration;

    protected override string Method => "GetLiveRuntime";

    protected override IMessage Request() => new Empty();

    private static string NameOf(string language) => language == "DotNet" ? ".NET" : language;

    /// <summary>The words of a kind of function, such as <c>Before request</c>.</summary>
    private static string KindOf(string kind) =>
        kind == "rpc" ? "RPC" : kind.Length == 0 ? "" : char.ToUpperInvariant(kind[0]) + kind[1..].Replace('_', ' ');
}
