namespace Nakama.GameLogic.Functions;

/// <summary>Notifications to users.</summary>
public interface INotifications
{
    /// <summary>Sends a notification to a user.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="subject">The subject, not empty.</param>
    /// <param name="content">A JSON object.</param>
    /// <param name="code">A positive number of the game's own that tells the kind of notification.</param>
    /// <param name="senderId">The user in whose name it is sent; null for the system.</param>
    /// <param name="persistent">Whether it is stored for users who are not connected.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("notification_send")]
    Task SendAsync(
        Guid userId, string subject, string content, int code, Guid? senderId = null, bool persistent = false,
        CancellationToken cancellationToken = default);

    /// <summary>Sends notifications.</summary>
    /// <param name="notifications">The notifications.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("notifications_send")]
    Task SendManyAsync(IReadOnlyCollection<NotificationToSend> notifications, CancellationToken cancellationToken = default);

    /// <summary>Sends a notification to all connected users; a persistent one to all users.</summary>
    /// <param name="subject">The subject, not empty.</param>
    /// <param name="content">A JSON object.</param>
    /// <param name="code">A positive number of the game's own that tells the kind of notification.</param>
    /// <param name="persistent">Whether it is stored for users who are not connected.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("notification_send_all")]
    Task SendToAllAsync(string subject, string content, int code, bool persistent = false, CancellationToken cancellationToken = default);

    /// <summary>A page of the stored notifications of a user, oldest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("notifications_list")]
    Task<Page<StoredNotification>> ListAsync(
        Guid userId, int limit = 100, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Notifications by their ids; unknown ones are left out.</summary>
    /// <param name="userId">Only those of this user; null for all.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The notifications that exist.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("notifications_get_id")]
    Task<IReadOnlyList<StoredNotification>> GetAsync(
        Guid? userId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>Makes all changes or none.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("notifications_update")]
    Task UpdateAsync(IReadOnlyCollection<NotificationChange> changes, CancellationToken cancellationToken = default);

    /// <summary>Deletes notifications.</summary>
    /// <param name="notifications">The notifications.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("notifications_delete")]
    Task DeleteManyAsync(IReadOnlyCollection<NotificationKey> notifications, CancellationToken cancellationToken = default);

    /// <summary>Deletes notifications by their ids.</summary>
    /// <param name="userId">Only those of this user; null for all.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("notifications_delete_id")]
    Task DeleteAsync(Guid? userId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);
}
