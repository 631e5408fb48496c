using Nakama.Server.Chat;

namespace Nakama.Server.Groups;

/// <summary>What came of joining a group.</summary>
/// <param name="Message">For the group's channel; null when nobody joined.</param>
/// <param name="Managers">The superadmins and admins who are asked; empty when nobody needs to be.</param>
public sealed record GroupJoin(SystemMessage? Message, IReadOnlyList<Guid> Managers)
{
    public static readonly GroupJoin Nothing = new(null, []);
}
