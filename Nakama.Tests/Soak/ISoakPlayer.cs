using Nakama.Protocol.Realtime;

namespace Nakama.Tests.Soak;

/// <summary>One connection of a player, through whichever listener.</summary>
internal interface ISoakPlayer : IAsyncDisposable
{
    /// <summary>The answer to a request; null when the session has ended.</summary>
    Task<Envelope?> AskAsync(Envelope request);

    /// <summary>Sends what is not answered.</summary>
    Task SendAsync(Envelope message);

    /// <summary>Says goodbye.</summary>
    Task LeaveAsync();

    /// <summary>Falls silent but keeps the connection, as a machine does that loses its network.</summary>
    void Vanish();
}
