using System.Threading.Channels;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Notifications;

/// <summary>
/// Sends persistent notifications to every user, page by page, as soon as one is queued. A page that
/// cannot be read ends that notification; when the node stops, the users not yet reached do not get it.
/// </summary>
public sealed class NotificationBroadcast(
    NotificationStore store, NotificationSender sender, ILogger<NotificationBroadcast> logger) : NodeBackgroundService
{
    private const int PageSize = 10_000;

    /// <summary>The maximum queue length; further ones are rejected.</summary>
    public const int MaxWaiting = 64;

    private readonly Channel<NotificationRequest> _waiting =
        Channel.CreateBounded<NotificationRequest>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Queues a notification for all users; false when the queue is full. The draft's user id is ignored.</summary>
    public bool TrySend(NotificationRequest draft) => _waiting.Writer.TryWrite(draft);

    protected override async Task RunUntilStoppedAsync(CancellationToken stoppingToken)
    {
        await foreach (var draft in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SendAsync(draft, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                NotificationLog.BroadcastFailed(logger, e);
            }
        }
    }

    private async ValueTask SendAsync(NotificationRequest draft, CancellationToken cancellationToken)
    {
        for (Guid? from = Guid.Empty; from is { } start;)
        {
            var users = await store.ListReceiversAsync(start, PageSize + 1, cancellationToken);
            from = users.Count > PageSize ? users[PageSize] : null;
            await sender.SendAsync(
                [.. users.Take(PageSize).Select(id => new NotificationRequest(id, draft.Subject, draft.Content, draft.Code, draft.SenderId, IsPersistent: true))],
                cancellationToken);
        }
    }
}
