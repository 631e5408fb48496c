namespace Nakama.Server.Notifications;

/// <summary>What to change of a stored notification: null keeps a value.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Content">The text of a JSON object.</param>
/// <param name="Subject">Its title, at most 255 characters.</param>
/// <param name="SenderId">Who is shown as having caused it.</param>
public sealed record NotificationChange(Guid Id, string? Content, string? Subject, Guid? SenderId);

/// <summary>A notification that is about to be sent.</summary>
/// <param name="UserId">Who gets it.</param>
/// <param name="Subject">Its title, at most 255 characters when it is stored.</param>
/// <param name="Content">The text of a JSON object.</param>
/// <param name="Code">What it is about: above zero for games, else one of <see cref="NotificationCode"/>.</param>
/// <param name="SenderId">Who caused it; the empty id for the system.</param>
/// <param name="IsPersistent">Kept for later reading, and so seen even by those who are away now.</param>
public sealed record NotificationRequest(Guid UserId, string Subject, string Content, int Code, Guid SenderId, bool IsPersistent)
{
    public Guid Id { get; } = Guid.NewGuid();
}

/// <summary>One row of a user's notifications.</summary>
/// <param name="Id">Its id.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Subject">Its title.</param>
/// <param name="Content">The JSON object as the database renders it.</param>
/// <param name="Code">What it is about.</param>
/// <param name="SenderId">Who caused it; the empty id for the system.</param>
/// <param name="CreateTime">When it was stored.</param>
public sealed record StoredNotification(Guid Id, Guid UserId, string Subject, string Content, int Code, Guid SenderId, DateTime CreateTime);
