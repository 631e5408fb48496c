using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of the audit log.</summary>
internal sealed class ConsoleAuditApi(AuditLogStore log) : IConsoleFeature
{
    private const int DefaultPageSize = 20;
    private const int MaxPageSize = 100;
    private const string Kind = "audit";

    private static ApiException Failed => new(StatusCode.Internal, "Failed to list audit logs");

    public void Map(ApiMap api)
    {
        api.Map<AuditLogRequest, AuditLogList>("ListAuditLogs", ListAsync, new("Listing the audit log", static () => Failed));
        api.Map<Empty, AuditLogUsersList>("ListAuditLogsUsers", async (_, _, token) =>
            new AuditLogUsersList { Usernames = { await log.ListUsernamesAsync(token) } });
    }

    private async ValueTask<AuditLogList> ListAsync(ApiCall call, AuditLogRequest request, CancellationToken cancellationToken)
    {
        if (request.Limit is < 0 or > MaxPageSize) throw ConsoleErrors.PageLimit;
        var limit = request.Limit == 0 ? DefaultPageSize : request.Limit;
        var wanted = new AuditFilter(request.Username, request.Resource, request.Action, request.After?.ToDateTime(), request.Before?.ToDateTime());
        var (filter, from, isNext) = request.Cursor.Length == 0 ? (wanted, default(AuditPosition?), true) : ReadCursor(request.Cursor, wanted);

        var rows = await log.ListAsync(filter, from, isNext, limit + 1, cancellationToken);
        var page = TwoWayPage.Cut(rows, limit, isNext, from is not null);
        return new AuditLogList
        {
            Entries = { page.Items.Select(static entry => entry.Message) },
            NextCursor = page is { HasNext: true, Items.Count: > 0 } ? Cursor(filter, page.Items[^1].Position, isNext: true) : "",
            PrevCursor = page is { HasPrevious: true, Items.Count: > 0 } ? Cursor(filter, page.Items[0].Position, isNext: false) : "",
        };
    }

    private static string Cursor(AuditFilter filter, AuditPosition place, bool isNext) => ConsoleCursor.Write(
        Kind, filter.Username, Number(filter.Resource), Number((int)filter.Action), Number(filter.After?.Ticks), Number(filter.Before?.Ticks),
        Number(place.CreatedAt.Ticks), place.Id.ToString(), isNext ? "next" : "previous");

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>A cursor goes on with its own conditions; those of the request may be left out, but must not differ.</summary>
    private static (AuditFilter Filter, AuditPosition? From, bool IsNext) ReadCursor(string text, AuditFilter wanted)
    {
        if (ConsoleCursor.Read(text, Kind, 8) is not [var username, var resource, var action, var after, var before, var createdAt, var entry, var direction]
            || !UuidText.TryParse(entry, out var id) || Time(createdAt) is not { } position
            || !int.TryParse(action, CultureInfo.InvariantCulture, out var kind))
        {
            throw Failed;
        }

        int? resourceNumber = int.TryParse(resource, CultureInfo.InvariantCulture, out var number) ? number : null;
        var filter = new AuditFilter(username, resourceNumber, (AuditLogAction)kind, Time(after), Time(before));
        if ((wanted.Username.Length > 0 && wanted.Username != filter.Username)
            || (wanted.Action != AuditLogAction.Unknown && wanted.Action != filter.Action)
            || (wanted.Resource is not null && wanted.Resource != filter.Resource)
            || (wanted.After is not null && wanted.After != filter.After)
            || (wanted.Before is not null && wanted.Before != filter.Before))
        {
            throw Failed;
        }

        return (filter, new AuditPosition(position, id), direction == "next");
    }

    private static DateTime? Time(string ticks) =>
        long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= DateTime.MaxValue.Ticks
            ? new DateTime(time, DateTimeKind.Utc)
            : null;
}
