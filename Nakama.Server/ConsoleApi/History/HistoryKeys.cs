using Nakama.Server.Storage;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>The keys of objects in the history. Those of an account, its wallet and its ledger are the same.</summary>
internal static class HistoryKeys
{
    public static HistorySubject Account(Guid userId) => new(HistoryKind.Account, userId.ToString(), userId);

    public static HistorySubject Wallet(Guid userId) => new(HistoryKind.Wallet, userId.ToString(), userId);

    public static HistorySubject Ledger(Guid userId, Guid itemId) => new(HistoryKind.Ledger, userId.ToString(), userId) { ItemId = itemId };

    public static HistorySubject Group(Guid groupId, bool withMembers = false) =>
        new(HistoryKind.Group, groupId.ToString(), Guid.Empty) { HasMembers = withMembers };

    public static HistorySubject Members(Guid groupId, IEnumerable<Guid> userIds) =>
        new(HistoryKind.Members, groupId.ToString(), Guid.Empty) { UserIds = [.. userIds.Distinct().Order()] };

    public static HistorySubject Object(StorageId id) => new(
        HistoryKind.Object, $"{Uri.EscapeDataString(id.Collection)}/{Uri.EscapeDataString(id.Key)}/{id.OwnerId}", id.OwnerId);

    public static Guid Id(string key) => Guid.Parse(key);

    public static StorageId Object(string key)
    {
        var parts = key.Split('/');
        return new(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]), Guid.Parse(parts[2]));
    }
}
