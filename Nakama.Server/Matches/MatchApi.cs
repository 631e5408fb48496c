using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Search;

namespace Nakama.Server.Matches;

/// <summary>Listing matches.</summary>
internal sealed class MatchApi(MatchListing listing, ILogger<MatchApi> logger) : IApiFeature
{
    private const int DefaultLimit = 10;

    public void Map(ApiMap api) => api.Map<ListMatchesRequest, MatchList>("ListMatches", ListAsync);

    private ValueTask<MatchList> ListAsync(ApiCall call, ListMatchesRequest request, CancellationToken cancellationToken)
    {
        var filter = new MatchFilter
        {
            Limit = request.Limit ?? DefaultLimit,
            IsAuthoritative = request.Authoritative,
            Label = request.Label,
            MinSize = request.MinSize,
            MaxSize = request.MaxSize,
            Query = request.Query,
        };
        filter.Check();
        try
        {
            return new(new MatchList { Matches = { listing.List(filter) } });
        }
        catch (SearchQueryException e)
        {
            MatchLog.ListFailed(logger, e.Message);
            throw MatchErrors.ListFailed;
        }
    }
}
