using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Streams;

/// <summary>The streams that have presences.</summary>
public sealed partial class StreamsPage
{
    private string _text = "";
    private string? _shown;

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

    protected override Task OnParametersSetAsync()
    {
        var wanted = string.Create(CultureInfo.InvariantCulture, $"{Text}\n{Mode}");
        if (wanted != _shown)
        {
            (_shown, _text) = (wanted, Text ?? "");
            Cursors.Clear();
            Cursors.Push("");
        }

        return base.OnParametersSetAsync();
    }

    private void Search() => Show(_text.Trim(), Mode);

    private void ChooseMode(ChangeEventArgs change) =>
        Show(Text ?? "", int.TryParse(change.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var mode) ? mode : null);

    private void Show(string text, int? mode) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["q"] = text.Length > 0 ? text : null, ["mode"] = mode }));
}
