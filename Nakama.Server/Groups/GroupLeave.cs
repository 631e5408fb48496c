using Nakama.Server.Chat;

namespace Nakama.Server.Groups;

/// <summary>What came of leaving a group.</summary>
/// <param name="Message">For the group's channel; null when there is nothing to tell.</param>
/// <param name="IsGroupDeleted">Whether the last one left.</param>
public sealed record GroupLeave(SystemMessage? Message, bool IsGroupDeleted)
{
    public static readonly GroupLeave Nothing = new(null, IsGroupDeleted: false);

    public static readonly GroupLeave Deleted = new(null, IsGroupDeleted: true);
}
