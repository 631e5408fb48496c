using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Notifications;

/// <summary>The notification methods of the node's console API.</summary>
public sealed class NotificationsClient(NodeClient node)
{
    private const string Root = "/notification";
    private const int PageSize = 50;

    /// <param name="userId">The receiver; empty for all.</param>
    /// <param name="cursor">Where the page starts; empty for the first one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<NotificationList> ListAsync(string userId, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<NotificationList>(NodePath.Of(Root).With(("limit", PageSize), ("user_id", userId), ("cursor", cursor)), cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => node.DeleteAsync(NodePath.Of(Root, id), cancellationToken);

    /// <param name="sent">Without receivers it goes to all players.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SendAsync(SendNotificationRequest sent, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root), sent, cancellationToken);
}
