using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Logs;

/// <summary>The newest lines that the nodes have logged, the newest on top. The filters are part of the URL.</summary>
public sealed partial class LogsPage
{
    private string _level = "info";
    private string _text = "";
    private string _user = "";
    private string _match = "";
    private string _trace = "";

    [SupplyParameterFromQuery]
    public string? Level { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery]
    public string? User { get; set; }

    [SupplyParameterFromQuery]
    public string? Match { get; set; }

    [SupplyParameterFromQuery]
    public string? Trace { get; set; }

    protected override AclResources Needs => AclResources.Configuration;

    protected override string Method => "ListLogLines";

    protected override IMessage Request() => new ListLogLinesRequest
    {
        Level = Level ?? "info",
        Text = Text ?? "",
        UserId = User ?? "",
        MatchId = Match ?? "",
        TraceId = Trace ?? "",
    };

    protected override Task OnParametersSetAsync()
    {
        (_level, _text, _user, _match, _trace) = (Level ?? "info", Text ?? "", User ?? "", Match ?? "", Trace ?? "");
        return base.OnParametersSetAsync();
    }

    private static string TracePath(string trace) => $"/logs?level=debug&trace={trace}";

    private void Search() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["level"] = _level == "info" ? null : _level,
        ["q"] = NullIfEmpty(_text),
        ["user"] = NullIfEmpty(_user),
        ["match"] = NullIfEmpty(_match),
        ["trace"] = NullIfEmpty(_trace),
    }));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
