namespace Nakama.Server.Notifications;

/// <summary>The changes to a stored notification: null keeps a value.</summary>
/// <param name="Id">The id of the notification.</param>
/// <param name="Content">The text of a JSON object.</param>
/// <param name="Subject">Its title, at most 255 characters.</param>
/// <param name="SenderId">The user shown as the sender.</param>
public sealed record NotificationChange(Guid Id, string? Content, string? Subject, Guid? SenderId);

/// <summary>A notification to be sent.</summary>
/// <param name="UserId">The recipient.</param>
/// <param name="Subject">Its title, at most 255 characters when it is stored.</param>
/// <param name="Content">The text of a JSON object.</param>
/// <param name="Code">The kind: positive for games, else one of <see cref="NotificationCode"/>.</param>
/// <param name="SenderId">The user that caused it; the empty id for the system.</param>
/// <param name="IsPersistent">Whether it is stored, so that offline users get it later.</param>
public sealed record NotificationRequest(Guid UserId, string Subject, string Content, int Code, Guid SenderId, bool IsPersistent)
{
    public Guid Id { get; } = Guid.NewGuid();
}

/// <summary>One row of a user's notifications.</summary>
/// <param name="Id">Its id.</param>
/// <param name="UserId">The recipient.</param>
/// <param name="Subject">Its title.</param>
/// <param name="Content">The JSON object as the database renders it.</param>
/// <param name="Code">The kind.</param>
/// <param name="SenderId">The user that caused it; the empty id for the system.</param>
/// <param name="CreateTime">The time at which it was stored.</param>
public sealed record StoredNotification(Guid Id, Guid UserId, string Subject, string Content, int Code, Guid SenderId, DateTime CreateTime);

/// <summary>The position of a notification in the operators' list.</summary>
public readonly record struct NotificationPosition(Guid UserId, DateTime CreateTime, Guid Id)
{
    /// <summary>Before the notifications of a user, or before all of them with the empty id.</summary>
    public static NotificationPosition Before(Guid userId) => new(userId, DateTime.UnixEpoch.AddYears(-1), Guid.Empty);
}
