using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Presence;

namespace Nakama.Server.Streams;

/// <summary>
/// The stream operations of game logic: on its own streams, and on those of the server, where an operation has the same
/// effect as when a client performs it.
/// </summary>
public sealed class StreamAccess(PresenceTracker tracker, ClusterPresences presences, MessageRouter router, NodeDirectory nodes)
{
    /// <summary>The presences in a stream.</summary>
    public IReadOnlyList<TrackedPresence> List(in StreamId stream, bool includeHidden, bool includeVisible)
    {
        var all = tracker.List(stream);
        if (includeHidden && includeVisible) return all;
        var wanted = new List<TrackedPresence>();
        foreach (var presence in all)
        {
            if (presence.Meta.Hidden ? includeHidden : includeVisible) wanted.Add(presence);
        }
        return wanted;
    }

    /// <summary>Null when the user's session is not in the stream.</summary>
    public TrackedPresence? Find(Guid userId, Guid sessionId, in StreamId stream) =>
        tracker.Find(sessionId, stream) is { } presence && presence.UserId == userId ? presence : null;

    /// <summary>The name of the node that a presence's session is connected to.</summary>
    public string NodeOf(TrackedPresence presence) => nodes.NameOf(presence.Id.Node);

    /// <summary>Whether a node of that name has ever been known.</summary>
    public bool IsNode(string name) => nodes.TryFind(name, out _);

    /// <summary>Adds a session to a stream. Returns false and changes nothing when it is in the stream already.</summary>
    /// <exception cref="StreamException">The session cannot be added.</exception>
    public async ValueTask<bool> JoinAsync(
        Guid userId, Guid sessionId, StreamId stream, PresenceMeta meta, CancellationToken cancellationToken)
    {
        CheckNode(sessionId);
        return await presences.TrackAsync(userId, sessionId, stream, meta, isUpdate: false, cancellationToken) switch
        {
            TrackResult.UnknownSession => throw StreamException.SessionUnknown,
            TrackResult.Closing => throw StreamException.JoinRejected,
            var result => result == TrackResult.New,
        };
    }

    /// <summary>Updates the presence of a session in a stream, and adds it if necessary.</summary>
    /// <exception cref="StreamException">The session cannot be added.</exception>
    public async ValueTask UpdateAsync(
        Guid userId, Guid sessionId, StreamId stream, PresenceMeta meta, CancellationToken cancellationToken)
    {
        CheckNode(sessionId);
        switch (await presences.TrackAsync(userId, sessionId, stream, meta, isUpdate: true, cancellationToken))
        {
            case TrackResult.UnknownSession:
                throw StreamException.SessionUnknown;
            case TrackResult.Closing:
                throw StreamException.UpdateRejected;
        }
    }

    /// <summary>Removes a session from a stream, if it is there.</summary>
    /// <exception cref="StreamException">The session belongs to no known node.</exception>
    public void Leave(Guid userId, Guid sessionId, in StreamId stream)
    {
        CheckNode(sessionId);
        presences.Untrack(userId, sessionId, stream);
    }

    /// <summary>The number of presences in a stream, including hidden ones.</summary>
    public int Count(in StreamId stream) => tracker.CountIn(stream);

    /// <summary>Removes all presences, without notifying their sessions.</summary>
    public void Close(in StreamId stream) => tracker.UntrackStream(stream);

    /// <summary>Sends text to all presences in a stream, or to the listed sessions wherever they are.</summary>
    public void Send(in StreamId stream, string data, IReadOnlyCollection<Guid>? sessionIds, bool isReliable) => SendRaw(
        stream,
        new Envelope { StreamData = new StreamData { Stream = stream.ToMessage(), Data = data, Reliable = isReliable } },
        sessionIds);

    /// <summary>Sends any message in the same way.</summary>
    public void SendRaw(in StreamId stream, Envelope envelope, IReadOnlyCollection<Guid>? sessionIds)
    {
        if (sessionIds is { Count: > 0 }) router.SendToSessions([.. sessionIds], envelope);
        else router.SendToStream(stream, envelope);
    }

    private void CheckNode(Guid sessionId)
    {
        if (!nodes.TryFindBySession(sessionId, out _)) throw StreamException.OtherNode;
    }
}
