using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Protocol.History;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>The history of operators' changes. Operators see the kinds that they may read.</summary>
internal sealed class ConsoleHistoryApi(HistoryStore store, HistoryKinds kinds, HistoryReverts reverts, ConsoleAudit audit) : IConsoleFeature
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 100;
    private const int MaxKeyLength = 2048;
    private const int MaxNameLength = 256;
    private const string CursorKind = "history";

    public void Map(ApiMap api)
    {
        api.Map<ListHistoryRequest, HistoryList>("ListHistory", ListAsync);
        api.Map<GetHistoryEntryRequest, HistoryDetail>("GetHistoryEntry", GetAsync);
        api.Map<RevertChangeRequest, RevertedChange>("RevertChange", RevertAsync);
    }

    private static ConsoleOperator Caller(ApiCall call) => (ConsoleOperator)call.Operator!;

    private async ValueTask<HistoryList> ListAsync(ApiCall call, ListHistoryRequest request, CancellationToken cancellationToken)
    {
        if (request.Limit is < 0 or > MaxPageSize) throw ConsoleErrors.PageLimit;
        if (request.Key.Length > MaxKeyLength || request.Operator.Length > MaxNameLength) throw HistoryErrors.FilterTooLong;
        if (request.Key.Length > 0 && request.Kinds.Count == 0) throw HistoryErrors.KeyWithoutKind;
        var limit = request.Limit == 0 ? DefaultPageSize : request.Limit;
        var (from, isNext) = request.Cursor.Length == 0 ? (default(HistoryPosition?), true) : ReadCursor(request.Cursor);
        var filter = new HistoryFilter(
            KindsOf(request, Caller(call).Acl), request.Key, request.Operator, request.After?.ToDateTime(), request.Before?.ToDateTime());

        var page = TwoWayPage.Cut(await store.ListAsync(filter, from, isNext, limit + 1, cancellationToken), limit, isNext, from is not null);
        return new HistoryList
        {
            Entries = { page.Items.Select(Message) },
            NextCursor = page is { HasNext: true, Items.Count: > 0 } ? Cursor(page.Items[^1].Position, isNext: true) : "",
            PrevCursor = page is { HasPrevious: true, Items.Count: > 0 } ? Cursor(page.Items[0].Position, isNext: false) : "",
        };
    }

    private async ValueTask<HistoryDetail> GetAsync(ApiCall call, GetHistoryEntryRequest request, CancellationToken cancellationToken)
    {
        var entry = await FindAsync(call, request.Id, cancellationToken);
        var detail = new HistoryDetail
        {
            Entry = Message(entry),
            Before = Message(entry.Change.Before),
            After = Message(entry.Change.After),
            Refusal = reverts.RefusalOf(entry) ?? "",
            MayRevert = reverts.MayRevert(Caller(call).Acl, entry),
        };
        if (!request.WithPresent) return detail;
        var present = await reverts.ReadPresentAsync(entry, cancellationToken);
        (detail.Present, detail.PresentDigest) = (Message(present), HistoryReverts.DigestOf(present));
        return detail;
    }

    private async ValueTask<RevertedChange> RevertAsync(ApiCall call, RevertChangeRequest request, CancellationToken cancellationToken)
    {
        var (entry, caller) = (await FindAsync(call, request.Id, cancellationToken), Caller(call));
        if (!reverts.MayRevert(caller.Acl, entry)) throw ConsoleErrors.NotPermitted;
        var (id, notRestored) = await reverts.RevertAsync(caller, entry, request, cancellationToken);
        // The change is committed; a caller's cancellation must not prevent the row.
        var kind = kinds.Of(entry.Change.Subject.Kind);
        await audit.WriteAsync(
            caller, AuditLogAction.Update, kind.Resource, "console change reverted",
            JsonSerializer.Serialize(new { id = request.Id, kind = kind.Name, key = entry.Change.Subject.Key, force = request.Force }), CancellationToken.None);
        return new RevertedChange { Id = id.ToString(), NotRestored = { notRestored } };
    }

    private async ValueTask<StoredChange> FindAsync(ApiCall call, string text, CancellationToken cancellationToken)
    {
        if (!UuidText.TryParse(text, out var id)) throw HistoryErrors.IdInvalid;
        var entry = await store.GetAsync(id, cancellationToken) ?? throw HistoryErrors.NotFound;
        return MayRead(Caller(call).Acl, kinds.Of(entry.Change.Subject.Kind)) ? entry : throw ConsoleErrors.NotPermitted;
    }

    private static bool MayRead(ConsoleAcl acl, IHistoryKind kind) => acl.Permits(kind.Resource, AclRight.Read);

    /// <summary>The kinds that are asked for and may be read.</summary>
    private List<HistoryKind> KindsOf(ListHistoryRequest request, ConsoleAcl acl)
    {
        var wanted = request.Kinds.Count == 0 ? kinds.All : [.. request.Kinds.Distinct().Select(name => kinds.Find(name) ?? throw HistoryErrors.KindInvalid)];
        List<HistoryKind> permitted = [.. wanted.Where(kind => MayRead(acl, kind)).Select(static kind => kind.Kind)];
        return permitted.Count > 0 || request.Kinds.Count == 0 ? permitted : throw ConsoleErrors.NotPermitted;
    }

    private static string Cursor(HistoryPosition place, bool isNext) => ConsoleCursor.Write(
        CursorKind, place.CreatedAt.Ticks.ToString(CultureInfo.InvariantCulture), place.Id.ToString(), isNext ? "next" : "previous");

    private static (HistoryPosition? From, bool IsNext) ReadCursor(string text) =>
        ConsoleCursor.Read(text, CursorKind, 3) is [var time, var entry, var direction] && UuidText.TryParse(entry, out var id)
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            ? (new HistoryPosition(new DateTime(ticks, DateTimeKind.Utc), id), direction == "next")
            : throw HistoryErrors.CursorInvalid;

    private HistoryEntry Message(StoredChange entry)
    {
        var change = entry.Change;
        return new HistoryEntry
        {
            Id = change.Id.ToString(),
            Time = Timestamp.FromDateTime(entry.CreatedAt),
            Kind = kinds.Of(change.Subject.Kind).Name,
            Key = change.Subject.Key,
            OwnerId = change.Subject.OwnerId == Guid.Empty ? "" : change.Subject.OwnerId.ToString(),
            OperatorId = entry.OperatorId.ToString(),
            Operator = entry.OperatorName,
            Action = change.Action,
            Changed = { change.ChangedNames },
            ExistedBefore = entry.ExistedBefore,
            ExistedAfter = entry.ExistedAfter,
            IsPasswordChanged = change.IsPasswordChanged,
            RevertsId = change.RevertsId?.ToString() ?? "",
        };
    }

    private static HistoryState Message(ObjectState? state) => new() { Exists = state is not null, Json = state?.Json ?? "", IsComplete = state?.IsComplete ?? true };
}
