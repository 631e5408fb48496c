using Nakama.Protocol.Realtime;
using StatusMessage = Nakama.Protocol.Realtime.Status;

namespace Nakama.Server.Transport.SignalR;

// Online status and status texts.
internal sealed partial class GameHub
{
    /// <summary>Follows users by id, by name or both; null means none.</summary>
    public async Task<StatusMessage?> StatusFollow(string[]? userIds, string[]? usernames)
    {
        var follow = new StatusFollow { UserIds = { userIds ?? [] }, Usernames = { usernames ?? [] } };
        return (await CallAsync(new Envelope { StatusFollow = follow }))?.Status;
    }

    public Task StatusUnfollow(string[]? userIds) =>
        CallAsync(new Envelope { StatusUnfollow = new StatusUnfollow { UserIds = { userIds ?? [] } } });

    /// <summary>Sets the status; null makes the user appear offline.</summary>
    public Task StatusUpdate(string? status) => CallAsync(new Envelope { StatusUpdate = new StatusUpdate { Status = status } });
}
