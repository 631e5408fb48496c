using Google.Protobuf;
using Nakama.GameLogic.Matches;
using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>A running match as its C# handler sees it.</summary>
internal sealed class GameMatch(MatchContext match) : IMatch
{
    public string MatchId => match.MatchId;

    public string Node => match.Node;

    public string Label => match.Label;

    public int TickRate => match.TickRate;

    public long Tick { get; private set; }

    public CancellationToken CancellationToken { get; private set; }

    public void Broadcast(
        long opCode, ReadOnlySpan<byte> data, IReadOnlyList<IMatchPresence>? receivers, IMatchPresence? sender, bool isReliable)
    {
        try
        {
            match.Dispatcher.Broadcast(MessageOf(opCode, data, receivers, sender, isReliable));
        }
        catch (MatchException e)
        {
            throw Refused(e);
        }
    }

    public void BroadcastDeferred(
        long opCode, ReadOnlySpan<byte> data, IReadOnlyList<IMatchPresence>? receivers, IMatchPresence? sender, bool isReliable)
    {
        try
        {
            match.Dispatcher.BroadcastDeferred(MessageOf(opCode, data, receivers, sender, isReliable));
        }
        catch (MatchException e)
        {
            throw Refused(e);
        }
    }

    public void Kick(params IReadOnlyList<IMatchPresence> members)
    {
        try
        {
            match.Dispatcher.Kick(TargetsOf(members));
        }
        catch (MatchException e)
        {
            throw Refused(e);
        }
    }

    public void UpdateLabel(string label)
    {
        try
        {
            match.Dispatcher.UpdateLabel(label);
        }
        catch (MatchException e)
        {
            throw Refused(e);
        }
    }

    /// <summary>Begins a call of the handler.</summary>
    public IMatch At(long tick, CancellationToken cancellationToken)
    {
        Tick = tick;
        CancellationToken = cancellationToken;
        return this;
    }

    private static MatchBroadcast MessageOf(
        long opCode, ReadOnlySpan<byte> data, IReadOnlyList<IMatchPresence>? receivers, IMatchPresence? sender, bool isReliable) =>
        new(opCode, data.IsEmpty ? ByteString.Empty : ByteString.CopyFrom(data))
        {
            Receivers = receivers is null ? null : TargetsOf(receivers),
            Sender = sender is null ? null : ShownOf(sender),
            IsReliable = isReliable,
        };

    private static MatchTarget[] TargetsOf(IReadOnlyList<IMatchPresence> presences)
    {
        var targets = new MatchTarget[presences.Count];
        for (var i = 0; i < targets.Length; i++) targets[i] = new MatchTarget(presences[i].SessionId, presences[i].Node);
        return targets;
    }

    private static Protocol.Realtime.UserPresence ShownOf(IMatchPresence presence) => presence is MatchPresence known
        ? known.Shown
        : new() { UserId = presence.UserId.ToString(), SessionId = presence.SessionId.ToString(), Username = presence.Username };

    private static MatchOperationException Refused(MatchException error) => new(error.Message, error);
}
