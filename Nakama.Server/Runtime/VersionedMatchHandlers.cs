using Nakama.Server.Matches;

namespace Nakama.Server.Runtime;

/// <summary>The match handlers of one load of a language's modules, whose version their matches keep.</summary>
internal sealed class VersionedMatchHandlers(RuntimeRegistrations registrations) : IMatchHandlerFactory
{
    public string CodeVersion { get; } = $"{registrations.Invoker.Language} {registrations.Version}";

    public ValueTask<IMatchHandler?> CreateAsync(string name, MatchContext match, CancellationToken cancellationToken) =>
        registrations.MatchHandlers!.CreateAsync(name, match, cancellationToken);
}
