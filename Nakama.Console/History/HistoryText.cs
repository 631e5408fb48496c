using Nakama.Console.Access;
using Nakama.Console.Shared;
using Nakama.Protocol.Console;
using Nakama.Protocol.History;

namespace Nakama.Console.History;

/// <summary>Changes in words.</summary>
public static class HistoryText
{
    /// <summary>The kinds of objects: the node's name, the name for operators, and what an operator must be able to read.</summary>
    public static readonly IReadOnlyList<(string Name, string Title, AclResources Needs)> Kinds =
    [
        ("account", "Account", AclResources.Account),
        ("wallet", "Wallet", AclResources.AccountWallet),
        ("ledger", "Wallet ledger", AclResources.AccountWallet),
        ("group", "Group", AclResources.Group),
        ("members", "Group members", AclResources.Group),
        ("object", "Storage object", AclResources.StorageData),
    ];

    /// <summary>The kinds that a player's page shows.</summary>
    public static readonly IReadOnlyList<string> OfPlayer = ["account", "wallet", "ledger"];

    /// <summary>The kinds that a group's page shows.</summary>
    public static readonly IReadOnlyList<string> OfGroup = ["group", "members"];

    /// <summary>The kinds that an object's page shows.</summary>
    public static readonly IReadOnlyList<string> OfObject = ["object"];

    /// <summary>The key of a storage object.</summary>
    public static string KeyOf(string collection, string key, string userId) =>
        $"{Uri.EscapeDataString(collection)}/{Uri.EscapeDataString(key)}/{(Guid.TryParse(userId, out var owner) ? owner : Guid.Empty)}";

    public static string TitleOf(string kind) => Kinds.FirstOrDefault(known => known.Name == kind).Title ?? kind;

    /// <summary>Whether an operator may read any of it.</summary>
    public static bool IsAnyOpenTo(ConsoleToken? token) => Kinds.Any(kind => token?.Permits(kind.Needs, Right.Read) == true);

    /// <summary>The page of an object.</summary>
    public static string PathOf(HistoryEntry entry) => entry.Kind switch
    {
        "group" or "members" => $"groups/{entry.Key}?tab=history",
        "object" => $"storage/{entry.Key}?tab=history",
        _ => $"players/{entry.Key}?tab=history",
    };

    /// <summary>An object as it is shown in a list.</summary>
    public static string NameOf(HistoryEntry entry) => entry.Kind == "object" && entry.Key.Split('/') is [var collection, var key, _]
        ? $"{Uri.UnescapeDataString(collection)} / {Uri.UnescapeDataString(key)}"
        : entry.Key;

    /// <summary>What was done, such as “Wallet updated: coins”.</summary>
    public static string Describe(HistoryEntry entry)
    {
        var what = $"{TitleOf(entry.Kind)} {Verb(entry)}";
        IEnumerable<string> changed = entry.IsPasswordChanged ? [.. entry.Changed, "password"] : entry.Changed;
        // The one member of such a state says no more than its kind.
        return entry.Kind == "members" || !changed.Any() ? what : $"{what}: {string.Join(", ", changed)}";
    }

    private static string Verb(HistoryEntry entry) => entry.Action switch
    {
        "ban" => "banned",
        "unban" => "unbanned",
        "unlink" => "unlinked",
        "delete" => "deleted",
        "write" => entry.ExistedBefore ? "written" : "created",
        "import" or "import account" => "imported",
        "add" => "added",
        "promote" => "promoted",
        "demote" => "demoted",
        "remove" => "removed",
        "revert" => "reverted",
        _ => "updated",
    };

    /// <summary>A state with line breaks; empty when there was no object.</summary>
    public static string TextOf(HistoryState? state) => state is { Exists: true } ? JsonText.Pretty(state.Json) : "";
}
