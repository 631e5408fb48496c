using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.Events;

/// <summary>What game logic does with an event. A failure is logged and disturbs nobody else.</summary>
/// <param name="context">On whose behalf the event happened.</param>
/// <param name="happened">The event.</param>
/// <param name="cancellationToken">Ends when the node stops.</param>
public delegate ValueTask RuntimeEventHandler(RuntimeContext context, Event happened, CancellationToken cancellationToken);
