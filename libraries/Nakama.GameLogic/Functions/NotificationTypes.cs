namespace Nakama.GameLogic.Functions;

/// <summary>A notification to be sent.</summary>
/// <param name="UserId">The user that receives it.</param>
/// <param name="Subject">The subject, not empty.</param>
/// <param name="Content">A JSON object.</param>
/// <param name="Code">A positive number of the game's own that tells the kind of notification.</param>
/// <param name="SenderId">The user in whose name it is sent; null for the system.</param>
/// <param name="IsPersistent">Whether it is stored for users who are not connected.</param>
public sealed record NotificationToSend(Guid UserId, string Subject, string Content, int Code, Guid? SenderId = null, bool IsPersistent = false);

/// <summary>A stored notification.</summary>
/// <param name="Id">The id.</param>
/// <param name="UserId">The user that receives it.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Content">A JSON object.</param>
/// <param name="Code">The kind of notification.</param>
/// <param name="SenderId">The user in whose name it was sent; null for the system.</param>
/// <param name="CreatedAt">When it was sent.</param>
public sealed record StoredNotification(Guid Id, Guid UserId, string Subject, string Content, int Code, Guid? SenderId, DateTimeOffset CreatedAt);

/// <summary>Changes of a stored notification; null members keep their value.</summary>
/// <param name="Id">The id.</param>
/// <param name="Content">A JSON object.</param>
/// <param name="Subject">The subject, not empty.</param>
/// <param name="SenderId">The user in whose name it was sent.</param>
public sealed record NotificationChange(Guid Id, string? Content = null, string? Subject = null, Guid? SenderId = null);

/// <summary>A notification of a user.</summary>
/// <param name="UserId">The user.</param>
/// <param name="NotificationId">The notification.</param>
public sealed record NotificationKey(Guid UserId, Guid NotificationId);
