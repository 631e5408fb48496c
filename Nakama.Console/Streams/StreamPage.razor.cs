using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Streams;

/// <summary>One stream and who is in it.</summary>
public sealed partial class StreamPage
{
    [Parameter]
    public int Mode { get; set; }

    [SupplyParameterFromQuery]
    public string? Subject { get; set; }

    [SupplyParameterFromQuery]
    public string? Subcontext { get; set; }

    [SupplyParameterFromQuery]
    public string? Label { get; set; }

    protected override AclResources Needs => AclResources.Match;

    protected override string Method => "ListStreamPresences";

    protected override string Filters => string.Create(CultureInfo.InvariantCulture, $"{Mode}\n{Subject}\n{Subcontext}\n{Label}");

    protected override IMessage Request() => new ListStreamPresencesRequest
    {
        Mode = Mode,
        Subject = Subject ?? "",
        Subcontext = Subcontext ?? "",
        Label = Label ?? "",
        Cursor = Cursors.Peek(),
    };
}
