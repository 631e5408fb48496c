using Nakama.Server.Sessions;

namespace Nakama.Server.Chat;

/// <summary>A position between the messages of a channel: next to the one with this time and id.</summary>
public readonly record struct MessagePlace(DateTime CreateTime, Guid Id)
{
    /// <summary>Before all messages.</summary>
    public static readonly MessagePlace First = new(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), Guid.Empty);

    /// <summary>After all messages.</summary>
    public static readonly MessagePlace Last = new(DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), Guid.AllBitsSet);
}

/// <summary>The sender of a message.</summary>
/// <param name="UserId">The user.</param>
/// <param name="UserIdText">The same id as text.</param>
/// <param name="Username">The name that readers see.</param>
public readonly record struct MessageSender(Guid UserId, string UserIdText, string Username)
{
    public MessageSender(Session session)
        : this(session.UserId, session.UserIdText, session.Username)
    {
    }
}

/// <summary>One row of a channel's history.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">One of <see cref="MessageCode"/>; stays zero when a chat message is updated.</param>
/// <param name="SenderId">The sender, or the user that a group's change concerns.</param>
/// <param name="Username">The sender's name at that time.</param>
/// <param name="Content">The text of a JSON object.</param>
/// <param name="CreateTime">The time of creation.</param>
/// <param name="UpdateTime">The time of the last change.</param>
public sealed record StoredMessage(
    Guid Id, int Code, Guid SenderId, string Username, string Content, DateTime CreateTime, DateTime UpdateTime);

/// <summary>A message to a group's channel about a change of its members.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="Code">The kind of change: a <see cref="MessageCode"/> of three or above.</param>
/// <param name="UserId">The user concerned; shown as the sender.</param>
/// <param name="Username">That user's name.</param>
/// <param name="At">The time of the change.</param>
public sealed record SystemMessage(Guid GroupId, int Code, Guid UserId, string Username, DateTime At)
{
    public Guid Id { get; } = Guid.NewGuid();
}
