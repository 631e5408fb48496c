namespace Nakama.Server.Notifications;

/// <summary>What to change of a stored notification: null keeps a value.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Content">The text of a JSON object.</param>
/// <param name="Subject">Its title, at most 255 characters.</param>
/// <param name="SenderId">Who is shown as having caused it.</param>
public sealed record NotificationChange(Guid Id, string? Content, string? Subject, Guid? SenderId);
