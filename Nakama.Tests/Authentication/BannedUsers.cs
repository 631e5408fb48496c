using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Accounts;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Nakama.Tests.Transport;
using Nakama.Tests.Transport.Rudp;
using Account = Nakama.Protocol.Api.Account;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Nakama.Tests.Authentication;

/// <summary>What a token of a banned user still opens.</summary>
public sealed class BannedUsers(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Nothing_over_grpc()
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{Server.GrpcPort}");
        var player = await Server.AuthenticateAsync();
        await GetAccountAsync();

        await BanAsync(player);

        var refusal = await Assert.ThrowsAsync<RpcException>(GetAccountAsync);
        Assert.Equal((StatusCode.Unauthenticated, "Auth token invalid"), (refusal.StatusCode, refusal.Status.Detail));

        async Task GetAccountAsync() => await channel.CreateCallInvoker().Call<Empty, Account>("nakama.api.Nakama", "GetAccount", new Empty(), GrpcCalls.Bearer(player.Token));
    }

    [Fact]
    public async Task Nothing_over_udp_and_what_runs_there_ends()
    {
        var player = await Server.AuthenticateAsync();
        await using var running = await EnetClient.OpenAsync(Server.Port + 2, player);
        await running.AskAsync(new Envelope { Ping = new Ping() });

        await BanAsync(player);

        Assert.Equal(1000u, await running.Disconnected);
        await using var late = await EnetClient.OpenAsync(Server.Port + 2, player);
        Assert.Equal(401u, await late.Disconnected);
    }

    [Fact]
    public async Task No_socket_and_no_connection_of_the_hub()
    {
        var player = await Server.AuthenticateAsync();

        await BanAsync(player);

        using var socket = await RawSocket.SendRequestAsync(Server.Port, $"/ws?token={player.Token}");
        Assert.StartsWith("HTTP/1.1 401", socket.Answer, StringComparison.Ordinal);
        using var negotiation = await Server.Http.PostAsync(new Uri($"/signalr/negotiate?access_token={player.Token}", UriKind.Relative), null);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, negotiation.StatusCode);
    }

    private async Task BanAsync(TestPlayer player) =>
        await Server.Services.GetRequiredService<AccountBans>().BanAsync([player.UserId], CancellationToken.None);
}
