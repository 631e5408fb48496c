using Nakama.Server.Chat;

namespace Nakama.Server.Groups;

/// <summary>What came of kicking or banning users.</summary>
/// <param name="UserIds">Those who were members and are not any more.</param>
/// <param name="Messages">For the group's channel.</param>
public sealed record GroupRemoval(IReadOnlyList<Guid> UserIds, IReadOnlyList<SystemMessage> Messages)
{
    public static readonly GroupRemoval Nothing = new([], []);
}
