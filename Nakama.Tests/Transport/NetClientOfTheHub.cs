using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MessagePack;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Realtime;
using Nakama.Server.Transport.SignalR;
using Nakama.Server.Transport.SignalR.MessagePack;
using Nakama.Tests.TestHost;
using Nakama.Tests.Wire.Json;
using HubMatch = Nakama.Protocol.Realtime.Match;

namespace Nakama.Tests.Transport;

/// <summary>The hub with the .NET client, in MessagePack.</summary>
public sealed class NetClientOfTheHub(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task A_match_is_created_joined_and_played()
    {
        await using var anna = await OpenAsync();
        await using var ben = await OpenAsync();
        var heard = new TaskCompletionSource<MatchData>(TaskCreationOptions.RunContinuationsAsynchronously);
        ben.On<MatchData>("MatchData", heard.SetResult);

        var match = await anna.InvokeAsync<HubMatch>("MatchCreate", (string?)null);
        var joined = await ben.InvokeAsync<HubMatch>("MatchJoin", match.MatchId, null, null);
        await anna.InvokeAsync("MatchDataSend", match.MatchId, 12345678901L, new byte[] { 1, 2, 3 }, new[] { joined.Self }, true);

        var data = await heard.Task.WaitAsync(TestSocket.Patience);
        Assert.Equal((12345678901L, true, match.Self.UserId), (data.OpCode, data.Reliable, data.Presence.UserId));
        Assert.Equal([1, 2, 3], data.Data.ToByteArray());
        Assert.Single(joined.Presences);
    }

    [Fact]
    public async Task A_refusal_carries_its_code_and_its_text()
    {
        await using var anna = await OpenAsync();

        var refusal = await Assert.ThrowsAsync<HubException>(() => anna.InvokeAsync<Channel>("ChannelJoin", "", 1, null, null));

        using var error = JsonDocument.Parse(refusal.Message[refusal.Message.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Equal((3, "Invalid channel target"), (error.RootElement.GetProperty("code").GetInt32(), error.RootElement.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_message_with_a_field_that_does_not_exist_is_refused_and_the_connection_goes_on()
    {
        await using var anna = await OpenAsync();

        await Assert.ThrowsAsync<HubException>(() => anna.InvokeAsync("PartyPromote", "x", new Dictionary<string, object> { ["nonsense"] = 1 }));

        Assert.NotNull(await anna.InvokeAsync<Pong>("Ping"));
    }

    [Fact]
    public void Every_message_that_clients_send_has_a_method_and_every_method_a_message()
    {
        var messages = Enum.GetValues<Envelope.MessageOneofCase>().Where(RealtimeMap.IsFromClients)
            .Select(kind => kind.ToString()).Except(["Pong"]);
        var methods = typeof(GameHub).GetMethods().Where(method => method.DeclaringType == typeof(GameHub) && !method.IsVirtual)
            .Select(method => method.Name).Except(["MatchDataUpload", "MatchDataDownload"]);

        Assert.Equal(messages.Order(StringComparer.Ordinal), methods.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_clients_send_in_messagepack_is_read_as_it_was_written() => Prop.ForAll<int>(seed =>
    {
        var envelope = (Envelope)new RandomMessage(seed).Of(Envelope.Descriptor);
        if (!RealtimeMap.IsFromClients(envelope.MessageCase)) return true;
        return MessagePackSerializer.Deserialize<Envelope>(MessagePackSerializer.Serialize(envelope, Options), Options).Equals(envelope);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Broken_messagepack_is_refused_without_any_other_failure() => Prop.ForAll<int, byte[]>((seed, noise) =>
    {
        var bytes = MessagePackSerializer.Serialize((Envelope)new RandomMessage(seed).Of(Envelope.Descriptor), Options);
        for (var i = 0; i < noise.Length; i++) bytes[(noise[i] * 31 + i) % bytes.Length] ^= noise[i];
        try
        {
            MessagePackSerializer.Deserialize<Envelope>(bytes, Options);
        }
        catch (MessagePackSerializationException)
        {
            // That is how broken bytes are told.
        }
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static readonly MessagePackSerializerOptions Options =
        MessagePackSerializerOptions.Standard.WithResolver(CompositeResolver.Create(WireMessageResolver.Instance, StandardResolver.Instance));

    private async Task<HubConnection> OpenAsync()
    {
        var player = await _server.AuthenticateAsync();
        var connection = new HubConnectionBuilder()
            .WithUrl($"{_server.Http.BaseAddress}signalr", options => options.AccessTokenProvider = () => Task.FromResult<string?>(player.Token))
            .AddMessagePackProtocol(pack => pack.SerializerOptions =
                pack.SerializerOptions.WithResolver(CompositeResolver.Create(WireMessageResolver.Instance, pack.SerializerOptions.Resolver)))
            .Build();
        await connection.StartAsync();
        return connection;
    }
}
