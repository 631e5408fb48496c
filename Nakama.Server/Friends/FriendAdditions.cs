namespace Nakama.Server.Friends;

/// <summary>What came of adding others.</summary>
/// <param name="Invited">Those who now have an invitation.</param>
/// <param name="Accepted">Those whose invitation was waiting, and who are friends now.</param>
public sealed record FriendAdditions(IReadOnlyList<Guid> Invited, IReadOnlyList<Guid> Accepted);
