using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Search;

namespace Nakama.Server.Matches;

/// <summary>Listing matches.</summary>
internal sealed class MatchApi(MatchListing listing, ILogger<MatchApi> logger) : IApiFeature
{
    private const int DefaultLimit = 10;
    private const int MaxLimit = 100;

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
        Check(filter);
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

    private static void Check(MatchFilter filter)
    {
        if (filter.Limit is < 1 or > MaxLimit) throw MatchErrors.ListLimit;
        if (filter is { IsAuthoritative: false, Label: not null }) throw MatchErrors.ListLabel;
        if (filter is { IsAuthoritative: false, Query: not null }) throw MatchErrors.ListQuery;
        if (filter.MinSize < 0) throw MatchErrors.ListMinSize;
        if (filter.MaxSize < 0) throw MatchErrors.ListMaxSize;
        if (filter.MinSize > filter.MaxSize) throw MatchErrors.ListSizes;
    }
}
