using Microsoft.AspNetCore.Components;
using Nakama.Console.Tables;
using AuditEntry = Nakama.Protocol.Console.AuditLogList.Types.AuditLog;

namespace Nakama.Console.Settings;

/// <summary>What operators have changed, the newest first. The filters are part of the URL.</summary>
public sealed partial class AuditPage
{
    private static readonly string[] Actions = ["CREATE", "UPDATE", "DELETE", "INVOKE", "IMPORT", "EXPORT"];

    private string? _user;
    private string? _resource;
    private string? _action;
    private string? _shown;

    [SupplyParameterFromQuery(Name = "user")]
    public string? User { get; set; }

    [SupplyParameterFromQuery(Name = "resource")]
    public string? Resource { get; set; }

    [SupplyParameterFromQuery(Name = "action")]
    public string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    private bool IsFiltered => (User ?? Resource ?? Action ?? After ?? Before) is not null;

    protected override void OnParametersSet()
    {
        var given = $"{User}\n{Resource}\n{Action}";
        if (given == _shown) return;
        (_shown, _user, _resource, _action) = (given, User, Resource, Action);
    }

    private void Apply() => Filter(("user", _user?.Trim()), ("resource", _resource), ("action", _action));

    private void Clear() => Filter(("user", null), ("resource", null), ("action", null), ("after", null), ("before", null));

    private async Task<TablePage<AuditEntry>> LoadAsync(string cursor, CancellationToken cancellationToken)
    {
        var filter = new AuditFilter(User, AclText.IndexOf(Resource), Action, DayRange.Start(After), DayRange.End(Before));
        var page = await Operators.ListAuditAsync(filter, cursor, cancellationToken);
        return new(page.Entries, page.NextCursor);
    }
}
