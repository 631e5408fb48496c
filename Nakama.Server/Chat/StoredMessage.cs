namespace Nakama.Server.Chat;

/// <summary>One row of a channel's history.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">One of <see cref="MessageCode"/>; stays zero when a chat message is updated.</param>
/// <param name="SenderId">Who wrote it, or whom a group's change concerns.</param>
/// <param name="Username">The writer's name at that time.</param>
/// <param name="Content">The text of a JSON object.</param>
/// <param name="CreateTime">When it was written.</param>
/// <param name="UpdateTime">When it was last changed.</param>
public sealed record StoredMessage(
    Guid Id, int Code, Guid SenderId, string Username, string Content, DateTime CreateTime, DateTime UpdateTime);
