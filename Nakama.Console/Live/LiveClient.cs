using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Console.Nodes;
using Nakama.Protocol.Live;

namespace Nakama.Console.Live;

/// <summary>The live methods of the node's console API that act, or answer once.</summary>
public sealed class LiveClient(NodeClient node)
{
    private const string Root = "/live";

    public Task<MatchSignalAnswer> SignalAsync(string matchId, string data, CancellationToken cancellationToken) =>
        node.PostAsync<MatchSignalAnswer>(NodePath.Of(Root, "match", matchId, "signal"), new SendMatchSignalRequest { Data = data }, cancellationToken);

    public Task KickAsync(string matchId, string sessionId, CancellationToken cancellationToken) =>
        DoAsync(NodePath.Of(Root, "match", matchId, "kick"), new KickMatchSessionRequest { SessionId = sessionId }, cancellationToken);

    public Task EndMatchAsync(string matchId, CancellationToken cancellationToken) =>
        DoAsync(NodePath.Of(Root, "match", matchId, "end"), new EndMatchRequest(), cancellationToken);

    public Task<MatchmakerExplanation> TryQueryAsync(TryMatchmakerQueryRequest request, CancellationToken cancellationToken) =>
        node.PostAsync<MatchmakerExplanation>(NodePath.Of(Root, "matchmaker", "query"), request, cancellationToken);

    public Task RemoveTicketAsync(string ticket, CancellationToken cancellationToken) =>
        DoAsync(NodePath.Of(Root, "matchmaker", "ticket", ticket, "remove"), new RemoveMatchmakerTicketRequest(), cancellationToken);

    public Task EndPartyAsync(string partyId, CancellationToken cancellationToken) =>
        DoAsync(NodePath.Of(Root, "party", partyId, "end"), new EndPartyRequest(), cancellationToken);

    public Task DisconnectAsync(string sessionId, CancellationToken cancellationToken) =>
        DoAsync(NodePath.Of(Root, "session", sessionId, "disconnect"), new DisconnectSessionRequest(), cancellationToken);

    public Task RunJobAsync(string name, CancellationToken cancellationToken) =>
        DoAsync(NodePath.Of(Root, "job", "run"), new RunJobRequest { Name = name }, cancellationToken);

    /// <summary>Searches players, groups and storage objects.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="kind">The kind of the hits; empty for all that the operator may read.</param>
    /// <param name="limit">The maximum number of hits.</param>
    /// <param name="cursor">Where the page starts; empty for the first one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<SearchAnswer> SearchAsync(string text, string kind, int limit, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<SearchAnswer>(
            NodePath.Of(Root, "search").With(("text", text), ("kinds", kind), ("limit", limit), ("cursor", cursor)), cancellationToken);

    private Task<Empty> DoAsync(string path, IMessage request, CancellationToken cancellationToken) =>
        node.PostAsync<Empty>(path, request, cancellationToken);
}
