namespace Nakama.GameLogic.Matches;

/// <summary>The running match, for use during the calls of its handler.</summary>
public interface IMatch
{
    /// <summary>The id that clients use.</summary>
    string MatchId { get; }

    /// <summary>The node on which the match runs.</summary>
    string Node { get; }

    /// <summary>The label; empty before the start.</summary>
    string Label { get; }

    /// <summary>The ticks per second; 0 before the start.</summary>
    int TickRate { get; }

    /// <summary>The number of the current or next loop, from 0.</summary>
    long Tick { get; }

    /// <summary>Is canceled when the match is stopped.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>Sends a message at once.</summary>
    /// <param name="opCode">Tells clients what the message is.</param>
    /// <param name="data">The data, which is copied.</param>
    /// <param name="receivers">The receivers; null for all members, an empty list for none. Presences that are not members are ignored.</param>
    /// <param name="sender">The presence that the message shows as its sender; null for none.</param>
    /// <param name="isReliable">Whether it must arrive on connections that may lose messages.</param>
    /// <exception cref="MatchOperationException">The match has stopped.</exception>
    void Broadcast(
        long opCode, ReadOnlySpan<byte> data, IReadOnlyList<IMatchPresence>? receivers = null, IMatchPresence? sender = null, bool isReliable = true);

    /// <summary>Sends a message after the current call, together with others; their order is kept.</summary>
    /// <inheritdoc cref="Broadcast" path="/param"/>
    /// <exception cref="MatchOperationException">The match has stopped, or too many messages wait.</exception>
    void BroadcastDeferred(
        long opCode, ReadOnlySpan<byte> data, IReadOnlyList<IMatchPresence>? receivers = null, IMatchPresence? sender = null, bool isReliable = true);

    /// <summary>Removes members; the handler is called when they have left. Presences that are not members are ignored.</summary>
    /// <param name="members">The members.</param>
    /// <exception cref="MatchOperationException">The match has stopped.</exception>
    void Kick(params IReadOnlyList<IMatchPresence> members);

    /// <summary>Changes the label, by which clients find the match.</summary>
    /// <param name="label">The label, at most 2048 bytes of UTF-8.</param>
    /// <exception cref="MatchOperationException">The match has stopped, or the label is too long.</exception>
    void UpdateLabel(string label);
}
