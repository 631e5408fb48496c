using System.Collections;
using ServerMessage = Nakama.Server.Matches.MatchMessage;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>The messages of one tick, converted when the game reads them. One list serves all ticks of a match.</summary>
internal sealed class GameMatchMessages : IReadOnlyList<Nakama.GameLogic.Matches.MatchMessage>
{
    private IReadOnlyList<ServerMessage> _messages = [];

    public int Count => _messages.Count;

    public Nakama.GameLogic.Matches.MatchMessage this[int index]
    {
        get
        {
            var message = _messages[index];
            return new(
                message.Sender, message.OpCode, message.Data.Memory, message.IsReliable, DateTimeOffset.FromUnixTimeMilliseconds(message.ReceivedAtMs));
        }
    }

    public GameMatchMessages Of(IReadOnlyList<ServerMessage> messages)
    {
        _messages = messages;
        return this;
    }

    /// <summary>Most ticks have no messages, and their enumerator costs nothing.</summary>
    public IEnumerator<Nakama.GameLogic.Matches.MatchMessage> GetEnumerator() =>
        Count == 0 ? Enumerable.Empty<Nakama.GameLogic.Matches.MatchMessage>().GetEnumerator() : EnumerateAll();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerator<Nakama.GameLogic.Matches.MatchMessage> EnumerateAll()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }
}
