using System.Net;

namespace Nakama.AppHost;

/// <summary>
/// The command line, divided into the app host's own arguments and those passed to the server. Names of the app host's
/// settings begin with a capital letter, as in <c>--Ports:Shift=1000</c>; <c>--lan</c>, <c>--nodes</c> and the host's own switches are known by
/// name.
/// </summary>
internal sealed record AppHostArguments(string[] Own, string[] Server)
{
    private const string Lan = "--lan";
    private const string Nodes = "nodes";

    private static readonly HashSet<string> HostNames =
        new(["applicationName", "contentRoot", "environment", "log-level", "operation", "output-path", "publisher", "step"], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="DistributedApplicationException">An argument is not an option; it is named in the message.</exception>
    public static AppHostArguments Parse(IReadOnlyList<string> args)
    {
        var own = new List<string>();
        var server = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var argument = args[i];
            if (argument == Lan)
            {
                own.Add("--Lan=true");
                continue;
            }
            var name = argument.TrimStart('-').Split('=')[0];
            if (name.Length == 0 || !argument.StartsWith('-'))
            {
                throw new DistributedApplicationException(
                    $"\"{argument}\" is not an option. Settings of the server are given as --socket.server_key=value, settings of the app host as --Ports:Shift=1000.");
            }

            if (name == Nodes)
            {
                own.Add($"--{AppHostPorts.NodesSetting}={(argument.Contains('=') ? argument.Split('=', 2)[1] : args.ElementAtOrDefault(++i))}");
                continue;
            }

            var target = char.IsUpper(name[0]) || HostNames.Contains(name) ? own : server;
            target.Add(argument);
            if (!argument.Contains('=') && i + 1 < args.Count && !args[i + 1].StartsWith('-')) target.Add(args[++i]);
        }
        return new([.. own], [.. server]);
    }

    /// <summary>Whether the server is to listen on addresses that other machines can reach.</summary>
    public bool OpensGamePorts(bool isLan, string? addressInEnvironment)
    {
        const string Flag = "socket.address";
        var given = addressInEnvironment;
        for (var i = 0; i < Server.Length; i++)
        {
            var parts = Server[i].TrimStart('-').Split('=', 2);
            if (parts[0] == Flag) given = parts.Length == 2 ? parts[1] : Server.ElementAtOrDefault(i + 1);
        }
        return given is null ? isLan : !IsLoopback(given);
    }

    private static bool IsLoopback(string address) =>
        address == "localhost" || (IPAddress.TryParse(address, out var parsed) && IPAddress.IsLoopback(parsed));
}
