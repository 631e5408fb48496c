using System.Collections.ObjectModel;
using Microsoft.Extensions.Primitives;
using Nakama.GameLogic;
using Nakama.GameLogic.Functions;
using Nakama.Server.Runtime.Http;
using Nakama.Server.Runtime.Jobs;
using ServerEntry = Nakama.Server.Matchmaking.MatchmakerEntry;
using ServerWrite = Nakama.Server.Storage.StorageWrite;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Converts objects of the server to the types of C# games and back.</summary>
internal static class GameRecords
{
    public static IReadOnlyList<MatchmakerEntry> Entries(IReadOnlyList<ServerEntry> entries)
    {
        var list = new MatchmakerEntry[entries.Count];
        for (var i = 0; i < list.Length; i++) list[i] = Entry(entries[i]);
        return list;
    }

    /// <summary>The server's objects of entries.</summary>
    /// <exception cref="InvalidOperationException">The game has made an entry itself.</exception>
    public static IReadOnlyList<ServerEntry> Sources(IReadOnlyList<MatchmakerEntry> entries)
    {
        var list = new ServerEntry[entries.Count];
        for (var i = 0; i < list.Length; i++)
            list[i] = entries[i].Source as ServerEntry ?? throw new InvalidOperationException("Matches consist of entries that the matchmaker has passed.");
        return list;
    }

    public static StorageWrite Write(ServerWrite write) =>
        new(write.Id.Collection, write.Id.Key, write.Value, write.Id.OwnerId == Guid.Empty ? null : write.Id.OwnerId)
        {
            Version = write.Version.Length == 0 ? null : write.Version,
            Read = (ReadPermission)write.Read,
            Write = (WritePermission)write.Write,
        };

    public static GameJob Job(JobRun run) => new(run.Name, run.Schedule, DateTimeOffset.FromUnixTimeSeconds(run.DueSec), run.IsRequested, run.Attempt);

    public static GameHttpRequest Request(HttpHandlerRequest request) => new()
    {
        Method = request.Method,
        Path = request.Path,
        PathParameters = request.PathParameters,
        Query = Lists(request.Query, StringComparer.Ordinal),
        Headers = Lists(request.Headers, StringComparer.OrdinalIgnoreCase),
        Body = request.Body,
        ClientIp = request.ClientIp,
        ClientPort = request.ClientPort,
    };

    public static HttpHandlerResponse Response(GameHttpResponse response) =>
        new() { Status = response.Status, Headers = response.Headers, Body = response.Body };

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Lists(IReadOnlyDictionary<string, StringValues> lists, StringComparer names)
    {
        if (lists.Count == 0) return ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;
        var copy = new Dictionary<string, IReadOnlyList<string>>(lists.Count, names);
        foreach (var (name, values) in lists) copy[name] = [.. values.Select(static value => value ?? "")];
        return copy;
    }

    private static MatchmakerEntry Entry(ServerEntry entry) => new()
    {
        UserId = entry.Presence.UserId,
        SessionId = entry.Presence.SessionId,
        Username = entry.Presence.Username,
        Node = entry.Presence.Node,
        Ticket = entry.Ticket,
        PartyId = entry.PartyId,
        MinCount = entry.MinCount,
        MaxCount = entry.MaxCount,
        CreatedAt = entry.CreatedAt,
        StringProperties = entry.StringProperties,
        NumericProperties = entry.NumericProperties,
        Source = entry,
    };
}
