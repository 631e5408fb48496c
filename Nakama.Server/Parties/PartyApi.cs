using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Search;

namespace Nakama.Server.Parties;

/// <summary>Listing parties.</summary>
internal sealed class PartyApi(PartyListing listing, ILogger<PartyApi> logger) : IApiFeature
{
    private const int DefaultLimit = 10;
    private const int MaxLimit = 100;

    public void Map(ApiMap api) => api.Map<ListPartiesRequest, PartyList>("ListParties", ListAsync);

    private ValueTask<PartyList> ListAsync(ApiCall call, ListPartiesRequest request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? DefaultLimit;
        if (limit is < 1 or > MaxLimit) throw PartyErrors.ListLimit;
        try
        {
            var list = listing.List(limit, request.Open, showsHidden: false, request.Query ?? "", request.Cursor ?? "");
            return new(list ?? throw PartyErrors.ListCursor);
        }
        catch (SearchQueryException e)
        {
            PartyLog.ListFailed(logger, e.Message);
            throw PartyErrors.ListFailed;
        }
    }
}
