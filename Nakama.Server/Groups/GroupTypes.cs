using Nakama.Server.Chat;

namespace Nakama.Server.Groups;

/// <summary>The result of adding users to a group.</summary>
/// <param name="GroupName">The group's name.</param>
/// <param name="UserIds">The users that were not members before and are now.</param>
/// <param name="Messages">For the group's channel.</param>
public sealed record GroupAddition(string GroupName, IReadOnlyList<Guid> UserIds, IReadOnlyList<SystemMessage> Messages);

/// <summary>The filter of a group list. A name cannot be combined with other filters.</summary>
public sealed record GroupFilter
{
    /// <summary>A case-insensitive pattern in which % stands for any text and _ for any character; empty for all.</summary>
    public string Name { get; init; } = "";

    /// <summary>Empty for all languages.</summary>
    public string LangTag { get; init; } = "";

    /// <summary>The maximum number of members that a group has; null or a negative number for any.</summary>
    public int? Members { get; init; }

    /// <summary>Only open or only closed groups; null for both.</summary>
    public bool? IsOpen { get; init; }
}

/// <summary>The result of joining a group.</summary>
/// <param name="Message">For the group's channel; null when no user joined.</param>
/// <param name="Managers">The superadmins and admins to notify of the join request; empty when there is none.</param>
public sealed record GroupJoin(SystemMessage? Message, IReadOnlyList<Guid> Managers)
{
    public static readonly GroupJoin Nothing = new(null, []);
}

/// <summary>The result of leaving a group.</summary>
/// <param name="Message">For the group's channel; null when there is no message.</param>
/// <param name="IsGroupDeleted">Whether the last member left.</param>
public sealed record GroupLeave(SystemMessage? Message, bool IsGroupDeleted)
{
    public static readonly GroupLeave Nothing = new(null, IsGroupDeleted: false);

    public static readonly GroupLeave Deleted = new(null, IsGroupDeleted: true);
}

/// <summary>The result of kicking or banning users.</summary>
/// <param name="UserIds">The users that were members before and are not any more.</param>
/// <param name="Messages">For the group's channel.</param>
public sealed record GroupRemoval(IReadOnlyList<Guid> UserIds, IReadOnlyList<SystemMessage> Messages)
{
    public static readonly GroupRemoval Nothing = new([], []);
}

/// <summary>The state of a user in a group. The numbers are stored and sent to clients; a lower one has more rights.</summary>
public enum GroupState : short
{
    Superadmin = 0,
    Admin = 1,
    Member = 2,

    /// <summary>Has requested to join a closed group.</summary>
    JoinRequest = 3,

    /// <summary>Stored in the group's edge only: the user has no edge to the group.</summary>
    Banned = 4,
}
