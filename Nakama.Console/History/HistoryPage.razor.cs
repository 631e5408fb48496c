using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;
using Nakama.Console.Tables;
using Nakama.Protocol.Console;

namespace Nakama.Console.History;

/// <summary>What operators have changed of all objects, the newest first. The filters are part of the URL.</summary>
public sealed partial class HistoryPage
{
    private string? _user;
    private string? _kind;
    private string? _shown;

    [SupplyParameterFromQuery(Name = "user")]
    public string? User { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    private IEnumerable<(string Name, string Title, AclResources Needs)> OpenKinds => HistoryText.Kinds.Where(kind => May(kind.Needs, Right.Read));

    private bool IsFiltered => (User ?? Kind ?? After ?? Before) is not null;

    private HistoryFilter Wanted => new(
        Kind is { } kind && OpenKinds.Any(open => open.Name == kind) ? [kind] : [], null, User, DayRange.Start(After), DayRange.End(Before));

    protected override void OnParametersSet()
    {
        var given = $"{User}\n{Kind}";
        if (given == _shown) return;
        (_shown, _user, _kind) = (given, User, Kind);
    }

    private void Apply() => Filter(("user", _user?.Trim()), ("kind", _kind));

    private void Clear() => Filter(("user", null), ("kind", null), ("after", null), ("before", null));
}
