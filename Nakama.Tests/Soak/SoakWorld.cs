using System.Collections.Concurrent;
using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Tests.TestHost;
using Proto = Nakama.Protocol.Realtime;

namespace Nakama.Tests.Soak;

/// <summary>Players who come, play a little and go in every way there is, for as long as they are let.</summary>
internal sealed class SoakWorld(TestServer server, IReadOnlyList<TestPlayer> players)
{
    private const int Rooms = 8;
    private const int Listeners = 4;

    // Those who vanished last keep their connections open, so that the node must notice by itself.
    private const int Vanished = 200;
    private readonly ConcurrentQueue<ISoakPlayer> _vanished = new();
    private readonly ConcurrentQueue<string> _matches = new();
    private readonly ConcurrentQueue<string> _parties = new();
    private int _lives;
    private int _requests;
    private int _cutOff;

    /// <summary>How many connections there were, and what they asked; how many of them the node ended before they wanted to.</summary>
    public (int Lives, int Requests, int CutOff) Count => (_lives, _requests, _cutOff);

    /// <summary>Ends when all who came are gone; those who vanished still hold their connections.</summary>
    public Task PlayAsync(int atOnce, TimeSpan howLong, TimeProvider time)
    {
        var end = time.GetUtcNow() + howLong;
        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(number => Task.Run(async () =>
        {
            var random = new Random(number);
            while (time.GetUtcNow() < end) await LiveAsync(random);
        })));
    }

    /// <summary>Lets go of the connections of those who vanished.</summary>
    public async Task BuryAsync()
    {
        while (_vanished.TryDequeue(out var player)) await player.DisposeAsync();
    }

    private async Task LiveAsync(Random random)
    {
        var who = players[random.Next(players.Count)];
        var player = await (random.Next(Listeners) switch
        {
            0 => UdpPlayer.OpenAsync(server, who),
            1 => HubPlayer.OpenAsync(server, who),
            2 => SocketPlayer.OpenAsync(server, who, isJson: false),
            _ => SocketPlayer.OpenAsync(server, who, isJson: true),
        });
        Interlocked.Increment(ref _lives);
        var isAlive = true;
        for (var i = random.Next(2, 12); i > 0 && isAlive; i--) isAlive = await ActAsync(player, random);
        if (!isAlive) Interlocked.Increment(ref _cutOff);

        switch (random.Next(4))
        {
            case 0 when isAlive:
                player.Vanish();
                _vanished.Enqueue(player);
                if (_vanished.Count > Vanished && _vanished.TryDequeue(out var oldest)) await oldest.DisposeAsync();
                return;
            case < 3 when isAlive:
                await player.LeaveAsync();
                break;
        }
        await player.DisposeAsync();
    }

    private Task<bool> ActAsync(ISoakPlayer player, Random random) => random.Next(6) switch
    {
        0 or 1 => ChatAsync(player, random),
        2 or 3 => PlayMatchAsync(player, random),
        4 => PartyAsync(player, random),
        _ => MatchmakeAsync(player, random),
    };

    private async Task<bool> ChatAsync(ISoakPlayer player, Random random)
    {
        var joined = await AskAsync(player, new Envelope { ChannelJoin = new Proto.ChannelJoin { Target = $"room{random.Next(Rooms)}", Type = 1 } });
        if (joined is null) return false;
        if (joined.Channel is not { } channel) return true;
        for (var i = random.Next(4); i > 0; i--)
        {
            var send = new Proto.ChannelMessageSend { ChannelId = channel.Id, Content = """{"hello":"everyone"}""" };
            if (await AskAsync(player, new Envelope { ChannelMessageSend = send }) is null) return false;
        }
        return random.Next(2) == 0 || await AskAsync(player, new Envelope { ChannelLeave = new Proto.ChannelLeave { ChannelId = channel.Id } }) is not null;
    }

    private async Task<bool> PlayMatchAsync(ISoakPlayer player, Random random)
    {
        var request = random.Next(4) > 0 && _matches.TryDequeue(out var known)
            ? new Envelope { MatchJoin = new Proto.MatchJoin { MatchId = known } }
            : new Envelope { MatchCreate = new Proto.MatchCreate() };
        var answer = await AskAsync(player, request);
        if (answer is null) return false;
        // The match may have ended with its last player.
        if (answer.Match is not { } match) return true;
        _matches.Enqueue(match.MatchId);
        for (var i = random.Next(8); i > 0; i--)
        {
            var data = new Proto.MatchDataSend { MatchId = match.MatchId, OpCode = 1, Data = ByteString.CopyFrom(new byte[64]), Reliable = true };
            await player.SendAsync(new Envelope { MatchDataSend = data });
        }
        return random.Next(2) == 0 || await AskAsync(player, new Envelope { MatchLeave = new Proto.MatchLeave { MatchId = match.MatchId } }) is not null;
    }

    private async Task<bool> PartyAsync(ISoakPlayer player, Random random)
    {
        if (player is HubPlayer)
            return await AskAsync(player, new Envelope { StatusUpdate = new Proto.StatusUpdate { Status = "busy" } }) is not null;
        string? id = null;
        var isKnown = random.Next(3) > 0 && _parties.TryDequeue(out id);
        var answer = await AskAsync(player, isKnown
            ? new Envelope { PartyJoin = new Proto.PartyJoin { PartyId = id } }
            : new Envelope { PartyCreate = new Proto.PartyCreate { Open = true, MaxSize = 8 } });
        if (answer is null) return false;
        // The party may have ended with its last member, or be full.
        if (answer.Error is not null) return true;
        id ??= answer.Party.PartyId;
        _parties.Enqueue(id);
        var data = new Proto.PartyDataSend { PartyId = id, OpCode = 1, Data = ByteString.CopyFrom(new byte[64]) };
        if (await AskAsync(player, new Envelope { PartyDataSend = data }) is null) return false;
        return random.Next(2) == 0 || await AskAsync(player, new Envelope { PartyLeave = new Proto.PartyLeave { PartyId = id } }) is not null;
    }

    private async Task<bool> MatchmakeAsync(ISoakPlayer player, Random random)
    {
        if (player is HubPlayer) return await AskAsync(player, new Envelope { Ping = new Proto.Ping() }) is not null;
        var add = new Proto.MatchmakerAdd { MinCount = 2, MaxCount = 4, Query = "*", NumericProperties = { ["skill"] = random.Next(100) } };
        var added = await AskAsync(player, new Envelope { MatchmakerAdd = add });
        if (added is null) return false;
        if (added.MatchmakerTicket is not { } ticket || random.Next(2) == 0) return true;
        return await AskAsync(player, new Envelope { MatchmakerRemove = new Proto.MatchmakerRemove { Ticket = ticket.Ticket } }) is not null;
    }

    private Task<Envelope?> AskAsync(ISoakPlayer player, Envelope request)
    {
        Interlocked.Increment(ref _requests);
        return player.AskAsync(request);
    }
}
