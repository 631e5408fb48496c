using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.History;

namespace Nakama.Server.ConsoleApi;

/// <summary>Deleting all accounts, or all data, with the history of what is deleted.</summary>
internal sealed class ConsoleDeletionApi(AccountDeletion accounts, DataDeletion deletion, HistoryStore history) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        api.Map<Empty, Empty>("DeleteAccounts", DeleteAccountsAsync);
        api.Map<Empty, Empty>("DeleteAllData", DeleteAllDataAsync);
    }

    private async ValueTask<Empty> DeleteAccountsAsync(ApiCall call, Empty request, CancellationToken cancellationToken)
    {
        await accounts.DeleteAllAsync(cancellationToken);
        await history.EraseAsync(
            [HistoryKind.Account, HistoryKind.Wallet, HistoryKind.Ledger, HistoryKind.Object], withSystem: false, CancellationToken.None);
        deletion.Forget(DroppedData.Accounts);
        return new Empty();
    }

    private async ValueTask<Empty> DeleteAllDataAsync(ApiCall call, Empty request, CancellationToken cancellationToken)
    {
        await deletion.DeleteEverythingAsync();
        await history.EraseAsync(System.Enum.GetValues<HistoryKind>(), withSystem: true, CancellationToken.None);
        return new Empty();
    }
}
