using System.Runtime.CompilerServices;
using Google.Protobuf;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Transport.SignalR;

// Matches, and the data of their players, one message at a time or as streams.
internal sealed partial class GameHub
{
    /// <summary>Creates a relayed match; with a name, creates or joins the one of that name.</summary>
    public async Task<Match?> MatchCreate(string? name) =>
        (await CallAsync(new Envelope { MatchCreate = new MatchCreate { Name = name ?? "" } }))?.Match;

    /// <summary>Joins a match.</summary>
    /// <param name="matchId">Its id; null when there is a token.</param>
    /// <param name="token">The matchmaker's token; null when there is an id.</param>
    /// <param name="metadata">For the match's handler; null for none.</param>
    public async Task<Match?> MatchJoin(string? matchId, string? token, Dictionary<string, string>? metadata)
    {
        var join = new MatchJoin { Metadata = { metadata ?? [] } };
        if (token is not null) join.Token = token;
        else join.MatchId = matchId ?? "";
        return (await CallAsync(new Envelope { MatchJoin = join }))?.Match;
    }

    public async Task MatchLeave(string matchId)
    {
        await CallAsync(new Envelope { MatchLeave = new MatchLeave { MatchId = matchId } });
        Session.EndMatchStream(matchId);
    }

    /// <summary>Sends data to the others in a match, or to its handler.</summary>
    /// <param name="matchId">A match that was joined before.</param>
    /// <param name="opCode">The game-defined type of the data.</param>
    /// <param name="data">The data; null for none.</param>
    /// <param name="presences">The receivers; null or empty for all others.</param>
    /// <param name="reliable">False when the data may be lost on the way to players whose transport supports that.</param>
    public Task MatchDataSend(string matchId, long opCode, byte[]? data, UserPresence[]? presences, bool? reliable) =>
        Session.SendAsync(DataOf(matchId, opCode, data, presences, reliable));

    /// <summary>Sends a stream of match data; ends when the client ends the stream.</summary>
    public async Task MatchDataUpload(string matchId, IAsyncEnumerable<MatchDataPart> parts)
    {
        await foreach (var part in parts.WithCancellation(Context.ConnectionAborted))
            await Session.SendAsync(DataOf(matchId, part.OpCode, part.Data, null, part.Reliable));
    }

    /// <summary>
    /// The data of a match as a stream, instead of as events. One stream per match and connection: a second one ends the
    /// first. Ends when the match is left.
    /// </summary>
    public async IAsyncEnumerable<MatchData> MatchDataDownload(string matchId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = Session.BeginMatchStream(matchId);
        try
        {
            await foreach (var data in stream.ReadAllAsync(cancellationToken)) yield return data;
        }
        finally
        {
            Session.EndMatchStream(matchId, stream);
        }
    }

    private static Envelope DataOf(string matchId, long opCode, byte[]? data, UserPresence[]? presences, bool? reliable) => new()
    {
        MatchDataSend = new MatchDataSend
        {
            MatchId = matchId,
            OpCode = opCode,
            // The array was allocated for this call and is not shared.
            Data = data is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(data),
            Presences = { presences ?? [] },
            Reliable = reliable ?? false,
        },
    };
}
