using Nakama.Server.Security;
using Nakama.Server.Wire.Gob;

namespace Nakama.Server.Friends;

/// <summary>The first friend of a friend of the next page.</summary>
/// <param name="FriendId">The friend.</param>
/// <param name="UserId">The friend's friend.</param>
public readonly record struct FriendOfFriendCursor(Guid FriendId, Guid UserId)
{
    /// <summary>Null when the text is not a valid cursor.</summary>
    public static FriendOfFriendCursor? Parse(string text)
    {
        try
        {
            var record = GobCursor.Read(text);
            return UuidText.TryParse(record.Text("SourceId"), out var friendId) && UuidText.TryParse(record.Text("DestinationId"), out var userId)
                ? new FriendOfFriendCursor(friendId, userId)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() => GobCursor.Write(
        new GobWriter("friendsOfFriendsListCursor").Text("SourceId", FriendId.ToString()).Text("DestinationId", UserId.ToString()),
        isPadded: true);
}
