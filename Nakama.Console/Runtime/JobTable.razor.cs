using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Console.Editing;
using Nakama.Protocol.Console;

namespace Nakama.Console.Runtime;

/// <summary>The jobs of the modules, with their last and next runs.</summary>
public sealed partial class JobTable
{
    protected override AclResources Needs => AclResources.Configuration;

    protected override string Method => "ListLiveJobs";

    protected override IMessage Request() => new Empty();

    private async Task RunAsync(string name)
    {
        if (await Dialogs.ConfirmAsync("Run job", $"{name} runs as soon as a node is free, besides its schedule.", "Run now"))
            await DoAsync("The run is requested", () => Client.RunJobAsync(name, Closed));
    }
}
