using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Accounts;
using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi;

/// <summary>Deleting all accounts, or all data.</summary>
internal sealed class ConsoleDeletionApi(AccountDeletion accounts, DataDeletion deletion) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        api.Map<Empty, Empty>("DeleteAccounts", DeleteAccountsAsync);
        api.Map<Empty, Empty>("DeleteAllData", DeleteAllDataAsync);
    }

    private async ValueTask<Empty> DeleteAccountsAsync(ApiCall call, Empty request, CancellationToken cancellationToken)
    {
        await accounts.DeleteAllAsync(cancellationToken);
        deletion.Forget(DroppedData.Accounts);
        return new Empty();
    }

    private async ValueTask<Empty> DeleteAllDataAsync(ApiCall call, Empty request, CancellationToken cancellationToken)
    {
        await deletion.DeleteEverythingAsync();
        return new Empty();
    }
}
