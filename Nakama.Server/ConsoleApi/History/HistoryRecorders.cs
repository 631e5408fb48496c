using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Storage;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Makes the recorders of operators' changes; there are none where the history is switched off.</summary>
internal sealed class HistoryRecorders(HistoryStore store, HistoryKinds kinds, ConsoleOptions options)
{
    /// <summary>A recorder of changes to some objects by the caller of a method.</summary>
    public HistoryRecorder? For(ApiCall call, string action, params IReadOnlyList<HistorySubject> subjects) =>
        For((ConsoleOperator)call.Operator!, action, subjects);

    /// <summary>The same for a change that also sets the password of the account, which comes first.</summary>
    public HistoryRecorder? ForAccount(ApiCall call, string action, Guid userId, bool setsPassword) => options.History.IsOn
        ? new(store, kinds, (ConsoleOperator)call.Operator!, action, [HistoryKeys.Account(userId), HistoryKeys.Wallet(userId)]) { SetsPassword = setsPassword }
        : null;

    /// <summary>A recorder of an account's import.</summary>
    public IChangeRecorder? ForImport(ApiCall call, Guid userId, AccountExport data)
    {
        if (!options.History.IsOn) return null;
        var who = (ConsoleOperator)call.Operator!;
        var account = For(who, HistoryActions.ImportAccount, [HistoryKeys.Account(userId), HistoryKeys.Wallet(userId)])!;
        return new AccountImportRecorder(
            account,
            // The objects keep the times that the file says.
            () => new StorageRecorder(store, who, HistoryActions.ImportAccount) { ChecksCreation = false },
            userId,
            [.. data.Objects.Select(item => new StorageId(item.Collection, item.Key, userId))]);
    }

    /// <summary>A recorder of an import of storage objects.</summary>
    public IStorageImportRecorder ForImport(ConsoleOperator who) =>
        options.History.IsOn ? new StorageRecorder(store, who, HistoryActions.Import) : NoRecorder.Instance;

    private HistoryRecorder? For(ConsoleOperator who, string action, IReadOnlyList<HistorySubject> subjects) =>
        options.History.IsOn ? new(store, kinds, who, action, subjects) : null;

    private sealed class NoRecorder : IStorageImportRecorder
    {
        public static readonly NoRecorder Instance = new();

        public ValueTask BeforeAsync(Npgsql.NpgsqlConnection connection, IReadOnlyList<StorageId> ids, CancellationToken cancellationToken) => default;

        public ValueTask AfterAsync(Npgsql.NpgsqlConnection connection, CancellationToken cancellationToken) => default;
    }
}
