using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Streams;

/// <summary>The streams that have presences.</summary>
public sealed partial class StreamsPage
{
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "mode")]
    public int? Mode { get; set; }

    protected override AclResources Needs => AclResources.Match;

    protected override string Method => "ListLiveStreams";

    protected override IMessage Request()
    {
        var request = new ListLiveStreamsRequest { Text = Text ?? "", Cursor = Cursors.Peek() };
        if (Mode is { } mode) request.Mode = mode;
        return request;
    }

    protected override string Filters => string.Create(CultureInfo.InvariantCulture, $"{Text}\n{Mode}");
}
