// A player of the dice game: dotnet run -- [server] [name] [match]
using System.Threading.Channels;
using Dice;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

const int Rolls = 3;
const long RollCode = 1;

var server = args.ElementAtOrDefault(0) ?? "http://localhost:7350";
var name = args.ElementAtOrDefault(1) ?? $"player-{Random.Shared.Next(1_000_000)}";
var matchName = args.ElementAtOrDefault(2) ?? "dice";
var token = await SignIn.WithDeviceAsync(server, device: $"dice-{name}-device", name);

await using var connection = new HubConnectionBuilder()
    .WithUrl($"{server}/signalr", options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
    .WithAutomaticReconnect()
    .AddMessagePackProtocol()
    .Build();

// What the server tells comes as events; they are looked at in their order.
var opponents = Channel.CreateUnbounded<Presence>();
var rolls = Channel.CreateUnbounded<int>();
connection.On<MatchPresences>("MatchPresenceEvent", change => Welcome(change.Joins));
connection.On<MatchData>("MatchData", data => rolls.Writer.TryWrite(data.Data[0]));
await connection.StartAsync();

var match = await connection.InvokeAsync<Match>("MatchCreate", matchName);
Welcome(match.Presences);
var opponent = await opponents.Reader.ReadAsync();
Console.WriteLine($"{name} plays against {opponent.Username}");

var own = Enumerable.Range(0, Rolls).Select(_ => Random.Shared.Next(1, 7)).ToArray();
await connection.InvokeAsync("MatchDataUpload", match.MatchId, Dice());
var theirs = 0;
for (var i = 0; i < Rolls; i++) theirs += await rolls.Reader.ReadAsync();

var outcome = own.Sum().CompareTo(theirs) switch { > 0 => "wins", < 0 => "loses", _ => "draws" };
Console.WriteLine($"{name} {outcome} with {own.Sum()} to {theirs}");
await connection.InvokeAsync("MatchLeave", match.MatchId);

void Welcome(Presence[]? presences)
{
    foreach (var presence in presences ?? [])
    {
        if (presence.Username != name) opponents.Writer.TryWrite(presence);
    }
}

// A stream to the server: each die goes when it has been thrown.
async IAsyncEnumerable<MatchPart> Dice()
{
    foreach (var roll in own)
    {
        await Task.Yield();
        yield return new MatchPart(RollCode, [(byte)roll], Reliable: true);
    }
}
