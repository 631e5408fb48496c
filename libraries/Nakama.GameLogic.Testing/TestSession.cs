using System.Text;
using Nakama.GameLogic.Functions;
using Nakama.GameLogic.Matches;

namespace Nakama.GameLogic.Testing;

/// <summary>A player with a socket, which only exists in the test. It remembers what it receives.</summary>
/// <param name="username">The name of the user.</param>
public sealed class TestSession(string username) : IMatchPresence
{
    private readonly List<TestMessage> _received = [];

    /// <inheritdoc/>
    public Guid UserId { get; init; } = Guid.NewGuid();

    /// <inheritdoc/>
    public Guid SessionId { get; init; } = Guid.NewGuid();

    /// <inheritdoc/>
    public string Username { get; } = username;

    /// <inheritdoc/>
    public string Node => GameTestHost.NodeName;

    /// <summary>The variables of the session.</summary>
    public IReadOnlyDictionary<string, string> Vars { get; init; } = new Dictionary<string, string>();

    /// <summary>What the session has received from matches, in order.</summary>
    public IReadOnlyList<TestMessage> Received => _received;

    /// <summary>Whether the server has closed the socket, as it does when a match handler throws.</summary>
    public bool IsDisconnected { get; internal set; }

    PresenceReason IMatchPresence.Reason => PresenceReason.Unknown;

    internal void Receive(TestMessage message) => _received.Add(message);
}

/// <summary>A message from a match.</summary>
/// <param name="OpCode">Tells clients what the message is.</param>
/// <param name="Data">The data.</param>
/// <param name="Sender">The presence that the message shows as its sender; null for none.</param>
/// <param name="IsReliable">Whether it must arrive on connections that may lose messages.</param>
public sealed record TestMessage(long OpCode, byte[] Data, IMatchPresence? Sender, bool IsReliable)
{
    /// <summary>The data as text.</summary>
    public string Text => Encoding.UTF8.GetString(Data);
}
