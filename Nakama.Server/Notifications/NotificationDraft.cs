namespace Nakama.Server.Notifications;

/// <summary>A notification that is about to be sent.</summary>
/// <param name="UserId">Who gets it.</param>
/// <param name="Subject">Its title, at most 255 characters when it is stored.</param>
/// <param name="Content">The text of a JSON object.</param>
/// <param name="Code">What it is about: above zero for games, else one of <see cref="NotificationCode"/>.</param>
/// <param name="SenderId">Who caused it; the empty id for the system.</param>
/// <param name="IsPersistent">Kept for later reading, and so seen even by those who are away now.</param>
public sealed record NotificationDraft(Guid UserId, string Subject, string Content, int Code, Guid SenderId, bool IsPersistent)
{
    public Guid Id { get; } = Guid.NewGuid();
}
