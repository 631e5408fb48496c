using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Live;
using Nakama.Server.Cluster;
using Nakama.Server.Logging;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>The last lines that the nodes have logged, with secrets hidden.</summary>
internal sealed class LiveLogApi(LogBuffer buffer, NodeDirectory nodes) : ILiveFeature
{
    private const int Usual = 200;
    private const int Most = 500;

    public void Map(LiveMap live) => live.OnAll<ListLogLinesRequest, LogLineList>("ListLogLines", (request, _) => new(List(request)), Merge);

    private LogLineList List(ListLogLinesRequest request)
    {
        LivePage.CheckFilters(request.Level, request.Text, request.UserId, request.MatchId, request.TraceId, request.Node);
        var limit = LivePage.Limit(request.Limit, Usual, Most);
        var list = new LogLineList();
        if (request.Node.Length > 0 && request.Node != nodes.LocalName) return list;
        var least = LevelOf(request.Level);
        var entries = buffer.Snapshot();
        for (var i = entries.Length - 1; i >= 0 && list.Lines.Count < limit; i--)
        {
            if (!Suits(entries[i], least, request)) continue;
            var line = Describe(entries[i]);
            // A filter must not tell whether it is part of a secret that is hidden.
            if (IsShown(line, request)) list.Lines.Add(line);
        }

        return list;
    }

    private static LogLineList Merge(ListLogLinesRequest request, LiveAnswers<LogLineList> answers)
    {
        var limit = LivePage.Limit(request.Limit, Usual, Most);
        var newest = answers.All.SelectMany(static answer => answer.Lines)
            .OrderByDescending(static line => line.Time.ToDateTimeOffset()).ThenByDescending(static line => line.Number).Take(limit);
        return new LogLineList { Lines = { newest.Reverse() }, Unreachable = { answers.Unreachable } };
    }

    private static bool Suits(LogEntry entry, LogLevel least, ListLogLinesRequest request) =>
        entry.Level >= least
        && (request.TraceId.Length == 0 || entry.TraceId == request.TraceId)
        && Mentions(entry, request.UserId) && Mentions(entry, request.MatchId)
        && (request.Text.Length == 0 || LivePage.Has(entry.Category, request.Text) || Mentions(entry, request.Text));

    private static bool Mentions(LogEntry entry, string text)
    {
        if (LivePage.Has(entry.Message, text) || LivePage.Has(entry.Error, text)) return true;
        foreach (var (_, value) in entry.Fields)
        {
            if (LivePage.Has(value, text)) return true;
        }

        return false;
    }

    private static bool IsShown(LogLine line, ListLogLinesRequest request) =>
        Mentions(line, request.UserId) && Mentions(line, request.MatchId)
        && (request.Text.Length == 0 || LivePage.Has(line.Category, request.Text) || Mentions(line, request.Text));

    private static bool Mentions(LogLine line, string text) =>
        LivePage.Has(line.Message, text) || LivePage.Has(line.Error, text) || line.Fields.Values.Any(value => LivePage.Has(value, text));

    private LogLine Describe(LogEntry entry)
    {
        var line = new LogLine
        {
            Node = nodes.LocalName,
            Number = entry.Number,
            Time = entry.Time.ToTimestamp(),
            Level = NameOf(entry.Level),
            Category = entry.Category,
            Message = LogSecrets.HideIn(entry.Message, entry.Fields),
            Error = LogSecrets.Hide(entry.Error),
            TraceId = entry.TraceId,
        };
        foreach (var (name, value) in entry.Fields) line.Fields[name] = LogSecrets.HideField(name, value);
        return line;
    }

    private static LogLevel LevelOf(string name) => name switch
    {
        "" or "debug" => LogLevel.Trace,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw LiveErrors.LevelInvalid,
    };

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}
