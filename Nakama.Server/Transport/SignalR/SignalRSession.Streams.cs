using System.Threading.Channels;
using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;
using MatchStream = System.Threading.Channels.Channel<Nakama.Protocol.Realtime.MatchData>;
using Queues = System.Threading.Channels.Channel;

namespace Nakama.Server.Transport.SignalR;

// Match data may go to a stream that the client requested. It is queued separately, with the same bound as the queue of
// events; when that queue is full the client is too slow and the session ends.
internal sealed partial class SignalRSession
{
    private const int MaxStreams = 16;

    private readonly Lock _streamGate = new();
    private readonly Dictionary<string, MatchStream> _streams = new(StringComparer.Ordinal);

    public ChannelReader<MatchData> BeginMatchStream(string matchId)
    {
        var stream = Queues.CreateBounded<MatchData>(new BoundedChannelOptions(options.OutgoingQueueSize) { SingleReader = true });
        lock (_streamGate)
        {
            if (_streams.Remove(matchId, out var former)) former.Writer.TryComplete();
            if (IsClosing || _streams.Count >= MaxStreams) stream.Writer.TryComplete();
            else _streams.Add(matchId, stream);
        }
        return stream.Reader;
    }

    public void EndMatchStream(string matchId, ChannelReader<MatchData>? only = null)
    {
        lock (_streamGate)
        {
            if (!_streams.TryGetValue(matchId, out var stream) || (only is not null && stream.Reader != only)) return;
            _streams.Remove(matchId);
            stream.Writer.TryComplete();
        }
    }

    /// <summary>Whether the payload was written to a stream, or would have been if there were room.</summary>
    private bool TryStream(EncodedMessage payload)
    {
        if (payload.Envelope.MessageCase != Envelope.MessageOneofCase.MatchData) return false;
        lock (_streamGate)
        {
            if (_streams.Count == 0 || !_streams.TryGetValue(payload.Envelope.MatchData.MatchId, out var stream)) return false;
            if (!stream.Writer.TryWrite(payload.Envelope.MatchData)) CloseSlowReader();
            return true;
        }
    }

    private void EndMatchStreams()
    {
        lock (_streamGate)
        {
            foreach (var stream in _streams.Values) stream.Writer.TryComplete();
            _streams.Clear();
        }
    }
}
