using Nakama.Server.Chat;

namespace Nakama.Server.Groups;

/// <summary>What came of adding users to a group.</summary>
/// <param name="GroupName">The group's name.</param>
/// <param name="UserIds">Those who are members now and were not before.</param>
/// <param name="Messages">For the group's channel.</param>
public sealed record GroupAddition(string GroupName, IReadOnlyList<Guid> UserIds, IReadOnlyList<SystemMessage> Messages);

/// <summary>Which groups to list. A name goes with nothing else.</summary>
public sealed record GroupFilter
{
    /// <summary>A pattern in which % stands for any text and _ for any character, whatever the case; empty for all.</summary>
    public string Name { get; init; } = "";

    /// <summary>Empty for all languages.</summary>
    public string LangTag { get; init; } = "";

    /// <summary>The most members that a group has; null or a negative number for any.</summary>
    public int? Members { get; init; }

    /// <summary>Only open or only closed groups; null for both.</summary>
    public bool? IsOpen { get; init; }
}

/// <summary>What came of joining a group.</summary>
/// <param name="Message">For the group's channel; null when nobody joined.</param>
/// <param name="Managers">The superadmins and admins who are asked; empty when nobody needs to be.</param>
public sealed record GroupJoin(SystemMessage? Message, IReadOnlyList<Guid> Managers)
{
    public static readonly GroupJoin Nothing = new(null, []);
}

/// <summary>What came of leaving a group.</summary>
/// <param name="Message">For the group's channel; null when there is nothing to tell.</param>
/// <param name="IsGroupDeleted">Whether the last one left.</param>
public sealed record GroupLeave(SystemMessage? Message, bool IsGroupDeleted)
{
    public static readonly GroupLeave Nothing = new(null, IsGroupDeleted: false);

    public static readonly GroupLeave Deleted = new(null, IsGroupDeleted: true);
}

/// <summary>What came of kicking or banning users.</summary>
/// <param name="UserIds">Those who were members and are not any more.</param>
/// <param name="Messages">For the group's channel.</param>
public sealed record GroupRemoval(IReadOnlyList<Guid> UserIds, IReadOnlyList<SystemMessage> Messages)
{
    public static readonly GroupRemoval Nothing = new([], []);
}

/// <summary>What a user is to a group. The numbers are stored and on the wire; the lower, the more a user may.</summary>
public enum GroupState : short
{
    Superadmin = 0,
    Admin = 1,
    Member = 2,

    /// <summary>Asked to join a closed group.</summary>
    JoinRequest = 3,

    /// <summary>Said by the group alone: the user has no edge to it.</summary>
    Banned = 4,
}
