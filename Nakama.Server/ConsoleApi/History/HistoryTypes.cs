using Nakama.Server.Database;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>What a change is about. The numbers are stored.</summary>
internal enum HistoryKind : short
{
    /// <summary>A player's account without the wallet.</summary>
    Account = 1,
    Wallet = 2,

    /// <summary>An entry of a wallet's ledger.</summary>
    Ledger = 3,

    /// <summary>A group without its members, unless it is deleted.</summary>
    Group = 4,

    /// <summary>The states of some users in a group.</summary>
    Members = 5,

    /// <summary>A storage object.</summary>
    Object = 6,
}

/// <summary>The actions of entries, which are stored.</summary>
internal static class HistoryActions
{
    public const string Update = "update";
    public const string Ban = "ban";
    public const string Unban = "unban";
    public const string Unlink = "unlink";
    public const string Delete = "delete";
    public const string Write = "write";

    /// <summary>A file of storage objects.</summary>
    public const string Import = "import";

    /// <summary>An exported account, with its storage objects.</summary>
    public const string ImportAccount = "import account";
    public const string Add = "add";
    public const string Promote = "promote";
    public const string Demote = "demote";
    public const string Remove = "remove";
    public const string Revert = "revert";
}

/// <summary>An object whose changes are kept.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Identifies it among those of its kind.</param>
/// <param name="OwnerId">The player with whom its history is erased; empty for none.</param>
internal sealed record HistorySubject(HistoryKind Kind, string Key, Guid OwnerId)
{
    /// <summary>The users whose states in the group are meant.</summary>
    public IReadOnlyList<Guid> UserIds { get; init; } = [];

    /// <summary>The entry of the ledger that is meant.</summary>
    public Guid ItemId { get; init; }

    /// <summary>Whether the state of the group includes its members.</summary>
    public bool HasMembers { get; init; }
}

/// <summary>A change.</summary>
/// <param name="ChangedNames">The top-level members of the states that differ.</param>
/// <param name="Before">Null when there was no object.</param>
/// <param name="After">Null when there is no object any more.</param>
internal sealed record HistoryChange(
    Guid Id, HistorySubject Subject, string Action, IReadOnlyList<string> ChangedNames, bool IsPasswordChanged, Guid? RevertsId, ObjectState? Before, ObjectState? After);

/// <summary>A change as it is stored: who made it and when.</summary>
internal sealed record StoredChange(HistoryChange Change, DateTime CreatedAt, Guid OperatorId, string OperatorName)
{
    public HistoryPosition Position => new(CreatedAt, Change.Id);

    public bool ExistedBefore { get; init; }

    public bool ExistedAfter { get; init; }
}

/// <summary>The position of an entry in a list.</summary>
internal readonly record struct HistoryPosition(DateTime CreatedAt, Guid Id);

/// <summary>The entries that an operator asks for.</summary>
/// <param name="Kinds">At least one.</param>
/// <param name="Key">Empty for all objects.</param>
/// <param name="OperatorName">Empty for all operators.</param>
/// <param name="After">The earliest time; null for the beginning.</param>
/// <param name="Before">The latest time; null for now.</param>
internal sealed record HistoryFilter(IReadOnlyList<HistoryKind> Kinds, string Key, string OperatorName, DateTime? After, DateTime? Before);

/// <summary>A change to be reverted.</summary>
/// <param name="Subject">The object.</param>
/// <param name="Entry">The change.</param>
/// <param name="Present">What the object is now; null when there is none.</param>
/// <param name="Caller">Who reverts it.</param>
internal sealed record HistoryRestore(HistorySubject Subject, StoredChange Entry, ObjectState? Present, ConsoleOperator Caller)
{
    public ObjectState? Before => Entry.Change.Before;
}
