using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Tournaments;
using Definition = Nakama.Server.Leaderboards.Leaderboard;
using Leaderboard = Nakama.Protocol.Console.Leaderboard;
using LeaderboardList = Nakama.Protocol.Console.LeaderboardList;
using LeaderboardRequest = Nakama.Protocol.Console.LeaderboardRequest;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of leaderboards and tournaments.</summary>
internal sealed class ConsoleLeaderboardsApi(
    LeaderboardRegistry registry, LeaderboardDefinitions definitions, TournamentStore tournaments, TimeProvider time) : IConsoleFeature
{
    private const int PageSize = 100;
    private const string Kind = "leaderboards";

    private static ApiException Cursor => new(StatusCode.InvalidArgument, "An error occurred while trying to decode leaderboard list request cursor.");

    public void Map(ApiMap api)
    {
        api.Map<LeaderboardListRequest, LeaderboardList>("ListLeaderboards", (_, request, _) => new(List(request)));
        api.Map<LeaderboardRequest, Leaderboard>("GetLeaderboard", GetAsync);
        api.Map<LeaderboardRequest, Empty>("DeleteLeaderboard", DeleteAsync);
    }

    private LeaderboardList List(LeaderboardListRequest request)
    {
        var all = registry.All.OrderByDescending(static board => board.CreatedAt).ThenBy(static board => board.Id, StringComparer.Ordinal);
        var rest = request.Cursor.Length == 0 ? all : After(all, request.Cursor);
        List<Definition> page = [.. rest.Take(PageSize + 1)];
        var list = new LeaderboardList { Total = registry.All.Count };
        foreach (var board in page.Take(PageSize))
        {
            list.Leaderboards.Add(new Leaderboard
            {
                Id = board.Id,
                SortOrder = (uint)board.Sort,
                Operator = (uint)board.Operator,
                ResetSchedule = board.ResetSchedule?.ToString() ?? "",
                Authoritative = board.IsAuthoritative,
                Tournament = board.IsTournament,
            });
        }

        if (page.Count > PageSize)
        {
            var last = page[PageSize - 1];
            list.Cursor = ConsoleCursor.Write(Kind, last.CreatedAt.Ticks.ToString(CultureInfo.InvariantCulture), last.Id);
        }

        return list;
    }

    private static IEnumerable<Definition> After(IEnumerable<Definition> all, string cursor)
    {
        if (ConsoleCursor.Read(cursor, Kind, 2) is not [var ticks, var id] || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var created))
            throw Cursor;
        return all.Where(board => board.CreatedAt.Ticks < created || (board.CreatedAt.Ticks == created && string.CompareOrdinal(board.Id, id) > 0));
    }

    private async ValueTask<Leaderboard> GetAsync(ApiCall call, LeaderboardRequest request, CancellationToken cancellationToken)
    {
        var board = await definitions.FindAsync(request.Id, cancellationToken) ?? throw LeaderboardErrors.NotFound;
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var message = board.IsTournament ? await TournamentAsync(board, now, cancellationToken) : Plain(LeaderboardMapper.ToMessage(board, now));
        message.Operator = (uint)board.Operator;
        message.ResetSchedule = board.ResetSchedule?.ToString() ?? "";
        message.Tournament = board.IsTournament;
        return message;
    }

    private static Leaderboard Plain(Nakama.Protocol.Api.Leaderboard board) => new()
    {
        Id = board.Id,
        SortOrder = board.SortOrder,
        PrevReset = board.PrevReset,
        NextReset = board.NextReset,
        Metadata = board.Metadata,
        CreateTime = board.CreateTime,
        Authoritative = board.Authoritative,
    };

    private async ValueTask<Leaderboard> TournamentAsync(Definition board, long now, CancellationToken cancellationToken)
    {
        var sizes = await tournaments.SizesAsync([board.Id], cancellationToken);
        var tournament = TournamentMapper.ToMessage(board, sizes.GetValueOrDefault(board.Id), now);
        return new Leaderboard
        {
            Id = tournament.Id,
            Title = tournament.Title,
            Description = tournament.Description,
            Category = tournament.Category,
            SortOrder = tournament.SortOrder,
            Size = tournament.Size,
            MaxSize = tournament.MaxSize,
            MaxNumScore = tournament.MaxNumScore,
            StartActive = tournament.StartActive,
            EndActive = tournament.EndActive,
            PrevReset = tournament.PrevReset,
            // The end of the only round is not a reset.
            NextReset = board.ResetSchedule is null ? 0 : tournament.NextReset,
            Metadata = tournament.Metadata,
            CreateTime = tournament.CreateTime,
            StartTime = tournament.StartTime,
            EndTime = tournament.EndTime,
            Duration = tournament.Duration,
            JoinRequired = tournament.JoinRequired,
            Authoritative = tournament.Authoritative,
        };
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, LeaderboardRequest request, CancellationToken cancellationToken)
    {
        await definitions.DeleteAsync(request.Id, cancellationToken);
        return new Empty();
    }
}
