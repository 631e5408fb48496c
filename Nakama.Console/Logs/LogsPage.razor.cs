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

    protected override string Filters => $"{Level}\n{Text}\n{User}\n{Match}\n{Trace}";

    protected override void OnFiltersChanged() => (_level, _text, _user, _match, _trace) = (Level ?? "info", Text ?? "", User ?? "", Match ?? "", Trace ?? "");

    private static string TracePath(string trace) => $"logs?level=debug&trace={trace}";

    private void Search() => Filter(
        ("level", _level == "info" ? "" : _level), ("q", _text?.Trim()), ("user", _user?.Trim()), ("match", _match?.Trim()), ("trace", _trace?.Trim()));
}
