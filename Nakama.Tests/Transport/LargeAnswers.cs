using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Api;
using Nakama.Server.Rpc;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;
using RpcMessage = Nakama.Protocol.Api.Rpc;

namespace Nakama.Tests.Transport;

/// <summary>An answer larger than any client could want, of a function here, is an error over every transport.</summary>
public sealed class LargeAnswers : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        var text = new string('x', ApiAnswers.MaxBytes + 1);
        _server.Services.GetRequiredService<RpcRegistry>().Register("large", (_, _, _) => new(text));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Over_grpc_it_is_status_8()
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{_server.GrpcPort}", new GrpcChannelOptions { MaxReceiveMessageSize = null });
        var player = await _server.AuthenticateAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker().Call<RpcMessage, RpcMessage>(
            "nakama.api.Nakama", "RpcFunc", new RpcMessage { Id = "large" }, GrpcCalls.Bearer(player.Token)));

        Assert.Equal((StatusCode.ResourceExhausted, ApiAnswers.TooLargeText), (refusal.StatusCode, refusal.Status.Detail));
    }

    [Fact]
    public async Task Over_http_it_is_status_8()
    {
        using var response = await _server.Http.GetAsync(new Uri($"/v2/rpc/large?http_key={_server.Options.Runtime.HttpKey}", UriKind.Relative));

        Assert.Equal(429, (int)response.StatusCode);
        Assert.Contains(ApiAnswers.TooLargeText, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_socket_it_is_an_error_and_the_socket_stays()
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());

        var answer = await socket.AskAsync("\"rpc\":{\"id\":\"large\"}");

        Assert.Equal(ApiAnswers.TooLargeText, answer.GetProperty("error").Text("message"));
        Assert.True((await socket.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
    }
}
