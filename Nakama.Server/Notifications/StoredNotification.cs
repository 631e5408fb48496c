namespace Nakama.Server.Notifications;

/// <summary>One row of a user's notifications.</summary>
/// <param name="Id">Its id.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Subject">Its title.</param>
/// <param name="Content">The JSON object as the database renders it.</param>
/// <param name="Code">What it is about.</param>
/// <param name="SenderId">Who caused it; the empty id for the system.</param>
/// <param name="CreateTime">When it was stored.</param>
public sealed record StoredNotification(Guid Id, Guid UserId, string Subject, string Content, int Code, Guid SenderId, DateTime CreateTime);
