using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>The types of chat channels.</summary>
public enum ChannelType
{
    /// <summary>A room with a name, open to all users.</summary>
    Room = 1,

    /// <summary>The channel between two users.</summary>
    DirectMessage = 2,

    /// <summary>The channel of a group.</summary>
    Group = 3,
}

/// <summary>A page of messages.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="NextCursor">The cursor of the next page; empty without one.</param>
/// <param name="PreviousCursor">The cursor of the previous page; empty without one.</param>
public sealed record ChannelMessagePage(IReadOnlyList<ChannelMessage> Messages, string NextCursor, string PreviousCursor);
