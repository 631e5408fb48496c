using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.Events;

/// <summary>Handles an event in game logic. A failure is logged and does not affect other handlers.</summary>
/// <param name="context">The context in which the event happened.</param>
/// <param name="happened">The event.</param>
/// <param name="cancellationToken">Cancelled when the node stops.</param>
public delegate ValueTask RuntimeEventHandler(RuntimeContext context, Event happened, CancellationToken cancellationToken);
