using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Shell;

/// <summary>Whether times are shown in UTC, as it is set for all operators.</summary>
public sealed class TimeDisplay(NodeClient node)
{
    /// <summary>The name of the node's setting.</summary>
    public const string Setting = "utc_toggle";

    /// <summary>Raised when it has changed.</summary>
    public event Action? Changed;

    /// <summary>False until it is known.</summary>
    public bool IsUtc { get; private set; }

    /// <exception cref="NodeException">The node does not tell.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var settings = await node.GetAsync<SettingList>(NodePath.Of("/setting"), cancellationToken);
        Use(settings.Settings.Any(static setting => setting is { Name: Setting, Value: "true" }));
    }

    public void Use(bool isUtc)
    {
        if (IsUtc == isUtc) return;
        IsUtc = isUtc;
        Changed?.Invoke();
    }
}
