using Nakama.Protocol.Api;
using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Nakama.Server.Storage;
using Npgsql;

namespace Nakama.Server.Wallets;

/// <summary>Changes accounts, objects and wallets in one transaction, on behalf of the server.</summary>
public sealed class MultiUpdate(NpgsqlDataSource database, StorageStore storage, StorageIndexes indexes)
{
    private const int MaxAttempts = 5;

    /// <summary>Applies all changes or none: accounts first, then objects written and deleted, then wallets.</summary>
    /// <exception cref="Errors.ApiException">A change is rejected, as it would be on its own.</exception>
    /// <exception cref="NegativeWalletException">A wallet does not contain enough.</exception>
    public async ValueTask<MultiUpdateResult> ApplyAsync(MultiUpdateRequest request, CancellationToken cancellationToken)
    {
        if (request.IsEmpty) return new([], []);
        foreach (var update in request.Accounts)
        {
            if (update.Change.IsEmpty) throw AccountErrors.NothingToUpdate;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await database.InTransactionAsync((connection, token) => ApplyAsync(connection, request, token), cancellationToken);
                await indexes.WrittenAsync(request.StorageWrites, result.Acks, CancellationToken.None);
                indexes.Deleted(request.StorageDeletes);
                return result;
            }
            catch (StorageChangedException) when (attempt < MaxAttempts)
            {
                // The next attempt sees the other writer's changes.
            }
            catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e, AccountConstraints.Username))
            {
                throw WalletErrors.UsernameTaken;
            }
        }
    }

    private async ValueTask<MultiUpdateResult> ApplyAsync(NpgsqlConnection connection, MultiUpdateRequest request, CancellationToken cancellationToken)
    {
        // All users are locked at once and in order, including those of the accounts, so that requests cannot deadlock.
        var userIds = request.Accounts.Select(static update => update.UserId).Concat(request.Wallets.Select(static update => update.UserId));
        var wallets = await WalletStore.LockAsync(connection, userIds, cancellationToken);

        foreach (var update in request.Accounts) await AccountStore.UpdateAsync(connection, update.UserId, update.Change, cancellationToken);

        IReadOnlyList<StorageObjectAck> acks = [];
        if (request.StorageWrites.Count > 0)
            acks = (await storage.WriteAsync(connection, request.StorageWrites, isAuthoritative: true, cancellationToken)).Acks;
        if (request.StorageDeletes.Count > 0)
            await StorageStore.DeleteAsync(connection, request.StorageDeletes, isAuthoritative: true, cancellationToken);

        return new(acks, await WalletStore.UpdateAsync(connection, wallets, request.Wallets, request.UpdatesLedger, cancellationToken));
    }
}
