using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IAccounts"/>
internal sealed class GameAccounts(GameFunctionCaller caller) : GameFunctionGroup(caller), IAccounts
{
    public async Task<Account> GetAsync(Guid userId, CancellationToken cancellationToken) =>
        Source<Account>(await CallAsync("account_get_id", [Id(userId)], cancellationToken));

    public async Task<IReadOnlyList<Account>> GetManyAsync(
        IReadOnlyCollection<Guid> userIds, IReadOnlyCollection<string>? deviceIds, CancellationToken cancellationToken) =>
        List<Account>(await CallAsync("accounts_get_id", [IdsIfAny(userIds), TextsIfAny(deviceIds)], cancellationToken));

    public Task UpdateAsync(Guid userId, AccountChange change, CancellationToken cancellationToken) =>
        CallAsync(
            "account_update_id",
            [
                Id(userId), Json(change.Metadata), Text(change.Username), Text(change.DisplayName), Text(change.Timezone),
                Text(change.Location), Text(change.LangTag), Text(change.AvatarUrl),
            ],
            cancellationToken);

    public Task DeleteAsync(Guid userId, bool recorded, CancellationToken cancellationToken) =>
        CallAsync("account_delete_id", [Id(userId), Flag(recorded)], cancellationToken);

    public async Task<string> ExportAsync(Guid userId, CancellationToken cancellationToken) =>
        TextOf(await CallAsync("account_export_id", [Id(userId)], cancellationToken));

    public async Task<Account> ImportAsync(string data, Guid? userId, CancellationToken cancellationToken) =>
        Source<Account>(await CallAsync("account_import_id", [Text(data), Id(userId)], cancellationToken));
}
