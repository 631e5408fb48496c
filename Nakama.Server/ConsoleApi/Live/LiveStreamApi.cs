using System.Globalization;
using Nakama.Protocol.Live;
using Nakama.Server.Cluster;
using Nakama.Server.Presence;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>The streams that have presences, and who is in them. Every node knows those of all nodes.</summary>
internal sealed class LiveStreamApi(PresenceTracker tracker, NodeDirectory nodes) : ILiveFeature
{
    public void Map(LiveMap live)
    {
        live.OnThis<ListLiveStreamsRequest, LiveStreamList>("ListLiveStreams", (request, _) => new(List(request)));
        live.OnThis<ListStreamPresencesRequest, StreamPresenceList>("ListStreamPresences", (request, _) => new(ListPresences(request)));
    }

    private LiveStreamList List(ListLiveStreamsRequest request)
    {
        LivePage.CheckFilters(request.Text);
        var limit = LivePage.Limit(request.Limit);
        var after = Read(request.Cursor);
        var list = new LiveStreamList();
        var page = LivePage.First(
            Wanted(request), limit + 1, static (one, other) => Compare(one.Stream, other.Stream), one => after is null || Compare(one.Stream, after.Value) > 0, out var total);
        list.Total = total;
        list.NextCursor = LivePage.Cut(page, limit, static one => KeyOf(one.Stream));
        list.Streams.Add(page.Select(static one => Describe(one.Stream, one.Count)));
        return list;
    }

    private IEnumerable<(StreamId Stream, int Count)> Wanted(ListLiveStreamsRequest request)
    {
        if (request.HasMode && request.Mode is < 0 or > byte.MaxValue) throw LiveErrors.IdInvalid("stream");
        var wanted = request.HasMode ? tracker.ListStreams((byte)request.Mode) : tracker.ListStreams();
        var text = request.Text;
        if (text.Length == 0) return wanted;
        return Guid.TryParse(text, out var id)
            ? wanted.Where(one => one.Stream.Subject == id || one.Stream.Subcontext == id)
            : wanted.Where(one => LivePage.Has(one.Stream.Label, text));
    }

    private StreamPresenceList ListPresences(ListStreamPresencesRequest request)
    {
        var limit = LivePage.Limit(request.Limit);
        var after = LivePage.Key(request.Cursor);
        if (request.Mode is < 0 or > byte.MaxValue) throw LiveErrors.IdInvalid("stream");
        var stream = new StreamId((byte)request.Mode, ReadId(request.Subject), ReadId(request.Subcontext), request.Label);
        var presences = tracker.List(stream);
        var start = ReadId(after);
        var page = LivePage.First(
            presences, limit + 1, static (one, other) => one.SessionId.CompareTo(other.SessionId), presence => after.Length == 0 || presence.SessionId.CompareTo(start) > 0, out _);
        var cursor = LivePage.Cut(page, limit, static presence => presence.SessionId.ToString());
        return new StreamPresenceList { Stream = Describe(stream, presences.Count), Presences = { page.Select(presence => LivePresences.Of(presence, nodes)) }, NextCursor = cursor };
    }

    private static Guid ReadId(string text) =>
        text.Length == 0 ? Guid.Empty : Guid.TryParse(text, out var id) ? id : throw LiveErrors.IdInvalid("stream");

    private static LiveStream Describe(in StreamId stream, int count) => new()
    {
        Mode = stream.Mode,
        Subject = stream.SubjectText,
        Subcontext = stream.SubcontextText,
        Label = stream.Label,
        Count = count,
    };

    private static int Compare(StreamId one, StreamId other)
    {
        if (one.Mode != other.Mode) return one.Mode.CompareTo(other.Mode);
        var subjects = one.Subject.CompareTo(other.Subject);
        if (subjects != 0) return subjects;
        var subcontexts = one.Subcontext.CompareTo(other.Subcontext);
        return subcontexts != 0 ? subcontexts : string.CompareOrdinal(one.Label, other.Label);
    }

    private static string KeyOf(in StreamId stream) =>
        string.Create(CultureInfo.InvariantCulture, $"{stream.Mode} {stream.Subject} {stream.Subcontext} {stream.Label}");

    /// <summary>Null for the first page.</summary>
    private static StreamId? Read(string cursor)
    {
        var key = LivePage.Key(cursor);
        if (key.Length == 0) return null;
        return key.Split(' ', 4) is [var mode, var subject, var subcontext, var label]
            && byte.TryParse(mode, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Guid.TryParse(subject, out var subjectId) && Guid.TryParse(subcontext, out var subcontextId)
            ? new StreamId(number, subjectId, subcontextId, label)
            : throw LiveErrors.CursorInvalid;
    }
}
