using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Matches;
using Nakama.Server.Presence;
using Nakama.Server.Search;
using ListMatchesRequest = Nakama.Protocol.Console.ListMatchesRequest;
using MatchList = Nakama.Protocol.Console.MatchList;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of the running matches of all nodes.</summary>
internal sealed class ConsoleMatchesApi(MatchListing listing, MatchCalls calls) : IConsoleFeature
{
    private const int DefaultLimit = 100;

    private static ApiException InvalidFilterId => new(StatusCode.InvalidArgument, "Match ID is not valid.");

    private static ApiException InvalidId => new(StatusCode.InvalidArgument, "Invalid match ID.");

    private static ApiException Stopped => new(StatusCode.InvalidArgument, "Match not found, or match handler already stopped.");

    private static ApiException NoAnswer => new(StatusCode.Unavailable, "The match does not answer.");

    public void Map(ApiMap api)
    {
        api.Map<ListMatchesRequest, MatchList>("ListMatches", (_, request, _) => new(List(request)));
        api.Map<MatchStateRequest, MatchState>("GetMatchState", StateAsync);
    }

    private MatchList List(ListMatchesRequest request)
    {
        if (request.MatchId.Length > 0)
        {
            if (!MatchStream.TryParse(request.MatchId, out var stream) || (stream.Mode == StreamMode.RelayedMatch) == request.Authoritative) throw InvalidFilterId;
            return Single(stream);
        }

        if (request is { Authoritative: true, Query: { } text } && MatchStream.TryParse(text, out var wanted)) return Single(wanted);
        var filter = new MatchFilter
        {
            Limit = request.Limit ?? DefaultLimit,
            IsAuthoritative = request.Authoritative,
            Label = request.Label,
            MinSize = request.MinSize,
            MaxSize = request.MaxSize,
            Query = request.Query,
            Node = request.Node is { Length: > 0 } node ? node : null,
        };
        filter.Check();
        try
        {
            return new MatchList { Matches = { listing.List(filter).Select(Entry) } };
        }
        catch (SearchQueryException)
        {
            // An operator who is still typing gets no matches, not an error.
            return new MatchList();
        }
    }

    /// <summary>One entry, which is empty when there is no such match.</summary>
    private MatchList Single(in StreamId stream) =>
        new() { Matches = { listing.Find(stream) is { } match ? Entry(match) : new MatchList.Types.Match() } };

    private static MatchList.Types.Match Entry(Nakama.Protocol.Api.Match match) => new()
    {
        ApiMatch = match,
        Node = MatchStream.TryParse(match.MatchId, out var stream) ? stream.Label : "",
    };

    /// <summary>Relayed matches have no state on the server.</summary>
    private async ValueTask<MatchState> StateAsync(ApiCall call, MatchStateRequest request, CancellationToken cancellationToken)
    {
        if (!MatchStream.TryParse(request.Id, out var stream)) throw InvalidId;
        if (stream.Mode == StreamMode.RelayedMatch) return new MatchState();
        try
        {
            var snapshot = await calls.SnapshotAsync(request.Id, cancellationToken);
            return new MatchState { Presences = { snapshot.Presences }, Tick = snapshot.Tick, State = snapshot.State };
        }
        catch (MatchException e)
        {
            throw e.IsNotFound || e.IsStopped ? Stopped : NoAnswer;
        }
    }
}
