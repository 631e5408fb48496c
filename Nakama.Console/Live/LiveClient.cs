using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Console.Nodes;
using Nakama.Protocol.Live;

namespace Nakama.Console.Live;

/// <summary>The live methods of the node's console API that act, or answer once.</summary>
public sealed class LiveClient(NodeClient node)
{
    private const string Root = "/v2/console/live";

    public Task<MatchSignalAnswer> SignalAsync(string matchId, string data, CancellationToken cancellationToken) =>
        node.PostAsync<MatchSignalAnswer>($"{Root}/match/{Escape(matchId)}/signal", new SendMatchSignalRequest { Data = data }, cancellationToken);

    public Task KickAsync(string matchId, string sessionId, CancellationToken cancellationToken) =>
        DoAsync($"match/{Escape(matchId)}/kick", new KickMatchSessionRequest { SessionId = sessionId }, cancellationToken);

    public Task EndMatchAsync(string matchId, CancellationToken cancellationToken) =>
        DoAsync($"match/{Escape(matchId)}/end", new EndMatchRequest(), cancellationToken);

    public Task<MatchmakerExplanation> TryQueryAsync(TryMatchmakerQueryRequest request, CancellationToken cancellationToken) =>
        node.PostAsync<MatchmakerExplanation>($"{Root}/matchmaker/query", request, cancellationToken);

    public Task RemoveTicketAsync(string ticket, CancellationToken cancellationToken) =>
        DoAsync($"matchmaker/ticket/{Escape(ticket)}/remove", new RemoveMatchmakerTicketRequest(), cancellationToken);

    public Task EndPartyAsync(string partyId, CancellationToken cancellationToken) =>
        DoAsync($"party/{Escape(partyId)}/end", new EndPartyRequest(), cancellationToken);

    public Task DisconnectAsync(string sessionId, CancellationToken cancellationToken) =>
        DoAsync($"session/{Escape(sessionId)}/disconnect", new DisconnectSessionRequest(), cancellationToken);

    public Task RunJobAsync(string name, CancellationToken cancellationToken) =>
        DoAsync("job/run", new RunJobRequest { Name = name }, cancellationToken);

    private static string Escape(string segment) => Uri.EscapeDataString(segment);

    private Task<Empty> DoAsync(string path, IMessage request, CancellationToken cancellationToken) =>
        node.PostAsync<Empty>($"{Root}/{path}", request, cancellationToken);
}
