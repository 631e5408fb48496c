using Nakama.GameLogic.Functions;

namespace Nakama.GameLogic.Testing.Memory;

/// <summary>Notifications in memory. Those that are not persistent are kept too, so that tests can see them.</summary>
internal sealed class InMemoryNotifications(TimeProvider time) : INotifications
{
    private readonly List<StoredNotification> _stored = [];

    public Task SendAsync(
        Guid userId, string subject, string content, int code, Guid? senderId, bool persistent, CancellationToken cancellationToken)
    {
        if (subject.Length == 0) throw new NakamaException("notification_send", "subject: expects subject to be a non-empty string");
        if (code <= 0) throw new NakamaException("notification_send", "code: expects code number to be a positive integer");
        _stored.Add(new(Guid.NewGuid(), userId, subject, content, code, senderId, time.GetUtcNow()));
        return Task.CompletedTask;
    }

    public async Task SendManyAsync(IReadOnlyCollection<NotificationToSend> notifications, CancellationToken cancellationToken)
    {
        foreach (var item in notifications)
            await SendAsync(item.UserId, item.Subject, item.Content, item.Code, item.SenderId, item.IsPersistent, cancellationToken);
    }

    public Task SendToAllAsync(string subject, string content, int code, bool persistent, CancellationToken cancellationToken) =>
        SendAsync(Guid.Empty, subject, content, code, null, persistent, cancellationToken);

    public Task<Page<StoredNotification>> ListAsync(Guid userId, int limit, string? cursor, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<StoredNotification>([.. _stored.Where(item => item.UserId == userId).Take(limit)], null));

    public Task<IReadOnlyList<StoredNotification>> GetAsync(Guid? userId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredNotification>>(
            [.. _stored.Where(item => ids.Contains(item.Id) && (userId is null || item.UserId == userId))]);

    public Task UpdateAsync(IReadOnlyCollection<NotificationChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            var index = _stored.FindIndex(item => item.Id == change.Id);
            if (index < 0) continue;
            var item = _stored[index];
            _stored[index] = item with
            {
                Content = change.Content ?? item.Content,
                Subject = change.Subject ?? item.Subject,
                SenderId = change.SenderId ?? item.SenderId,
            };
        }

        return Task.CompletedTask;
    }

    public Task DeleteManyAsync(IReadOnlyCollection<NotificationKey> notifications, CancellationToken cancellationToken)
    {
        _stored.RemoveAll(item => notifications.Contains(new(item.UserId, item.Id)));
        return Task.CompletedTask;
    }

    public Task DeleteAsync(Guid? userId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        _stored.RemoveAll(item => ids.Contains(item.Id) && (userId is null || item.UserId == userId));
        return Task.CompletedTask;
    }
}
