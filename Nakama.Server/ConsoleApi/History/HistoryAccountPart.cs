using Nakama.Server.Accounts;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Erases the history of an account of which nothing may be kept, with that of its wallet and its storage objects.</summary>
internal sealed class HistoryAccountPart : IAccountPart
{
    public async ValueTask<Action?> EraseAsync(NpgsqlConnection connection, Guid userId, bool isForgotten, CancellationToken cancellationToken)
    {
        if (isForgotten) await HistoryStore.EraseAsync(connection, userId, cancellationToken);
        return null;
    }
}
