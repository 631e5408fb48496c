using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.History;
using Nakama.Server.Errors;
using Nakama.Server.Security;
using Nakama.Server.Wallets;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of wallet ledgers.</summary>
internal sealed class ConsoleWalletApi(WalletStore wallets, HistoryRecorders history) : IConsoleFeature
{
    private const int MaxPageSize = 100;

    public void Map(ApiMap api)
    {
        api.Map<GetWalletLedgerRequest, WalletLedgerList>("GetWalletLedger", ListAsync);
        api.Map<DeleteWalletLedgerRequest, Empty>("DeleteWalletLedger", DeleteAsync);
    }

    private async ValueTask<WalletLedgerList> ListAsync(ApiCall call, GetWalletLedgerRequest request, CancellationToken cancellationToken)
    {
        if (request.Limit is < 1 or > MaxPageSize) throw ConsoleErrors.PageLimit;
        var query = new WalletLedgerQuery(ConsoleAccountsApi.Id(request.AccountId), (int)request.Limit)
        {
            Cursor = request.Cursor,
            After = request.After?.ToDateTime(),
            Before = request.Before?.ToDateTime(),
        };
        var page = await ListAsync(query, cancellationToken);
        return new WalletLedgerList { Items = { page.Items.Select(Message) }, NextCursor = page.NextCursor, PrevCursor = page.PreviousCursor };
    }

    private async ValueTask<WalletLedgerPage> ListAsync(WalletLedgerQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await wallets.ListLedgerAsync(query, cancellationToken);
        }
        catch (ApiException e) when (e.Status == StatusCode.InvalidArgument)
        {
            throw ConsoleErrors.LedgerCursor;
        }
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteWalletLedgerRequest request, CancellationToken cancellationToken)
    {
        var userId = ConsoleAccountsApi.Id(request.Id);
        if (!UuidText.TryParse(request.WalletId, out var itemId) || itemId == Guid.Empty) throw ConsoleErrors.WalletIdInvalid;
        await wallets.DeleteLedgerAsync(userId, itemId, history.For(call, HistoryActions.Delete, HistoryKeys.Ledger(userId, itemId)), cancellationToken);
        return new Empty();
    }

    private static WalletLedger Message(WalletLedgerItem item) => new()
    {
        Id = item.Id.ToString(),
        Changeset = item.Changeset,
        Metadata = item.Metadata,
        CreateTime = Seconds(item.CreateTime),
        UpdateTime = Seconds(item.UpdateTime),
    };

    private static Timestamp Seconds(DateTime time) => new() { Seconds = new DateTimeOffset(time).ToUnixTimeSeconds() };
}
