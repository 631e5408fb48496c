using Nakama.Server.Chat;

namespace Nakama.Server.Groups;

/// <summary>What came of adding users to a group.</summary>
/// <param name="GroupName">The group's name.</param>
/// <param name="UserIds">Those who are members now and were not before.</param>
/// <param name="Messages">For the group's channel.</param>
public sealed record GroupAddition(string GroupName, IReadOnlyList<Guid> UserIds, IReadOnlyList<SystemMessage> Messages);
