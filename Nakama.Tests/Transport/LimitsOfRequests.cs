using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Metrics;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Nakama.Tests.Transport.Rudp;
using Account = Nakama.Protocol.Api.Account;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Nakama.Tests.Transport;

/// <summary>Requests beyond a limit, over everything that takes requests.</summary>
public sealed class LimitsOfRequests(LimitedNode node) : IClassFixture<LimitedNode>, IDisposable
{
    private const string Text = "Too many requests. Try again in 1 second.";
    private const string Game = "nakama.api.Nakama";

    private static int _addresses;

    private readonly GrpcChannel _grpc = GrpcChannel.ForAddress($"http://127.0.0.1:{node.Server.GrpcPort}");

    public void Dispose() => _grpc.Dispose();

    [Fact]
    public async Task An_address_is_refused_over_http_with_the_time_to_come_again_and_no_other_address_is()
    {
        node.WaitASecond();
        var (address, other) = (NewAddress(), NewAddress());
        for (var i = 0; i < LimitedNode.RequestsPerAddress; i++) Assert.Equal(HttpStatusCode.OK, await StatusAsync("/healthcheck", address));

        using var refusal = await SendAsync("/healthcheck", address);

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refusal.Headers.RetryAfter!.Delta);
        Assert.Equal($$"""{"code":8,"message":"{{Text}}"}""", await refusal.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/healthcheck", other));
        node.WaitASecond();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/healthcheck", address));
    }

    [Fact]
    public async Task All_addresses_of_a_network_of_IPv6_are_one()
    {
        node.WaitASecond();
        for (var i = 0; i < LimitedNode.RequestsPerAddress; i++) Assert.Equal(HttpStatusCode.OK, await StatusAsync("/healthcheck", $"2001:db8:1:1::{i}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync("/healthcheck", "2001:db8:1:1:2:3:4:5"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/healthcheck", "2001:db8:1:2::1"));
    }

    [Fact]
    public async Task An_address_is_refused_before_the_body_has_come()
    {
        node.WaitASecond();
        var address = NewAddress();
        await UseUpAsync(address);
        using var client = await node.Server.ConnectAsync();
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v2/account/authenticate/email HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {address}\r\nContent-Length: 100000\r\n\r\n"));

        using var patience = new CancellationTokenSource(TestSocket.Patience);
        var answer = new byte[12];
        await stream.ReadExactlyAsync(answer, patience.Token);
        Assert.Equal("HTTP/1.1 429", Encoding.ASCII.GetString(answer));
    }

    [Fact]
    public async Task A_user_is_refused_over_http_whatever_addresses_it_uses()
    {
        var player = await node.AuthenticateAsync();
        for (var i = 0; i < LimitedNode.RequestsPerUser; i++) Assert.Equal(HttpStatusCode.OK, await StatusAsync("/v2/account", NewAddress(), player));

        using var refusal = await SendAsync("/v2/account", NewAddress(), player);

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refusal.Headers.RetryAfter!.Delta);
        Assert.Contains(Text, await refusal.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        node.WaitASecond();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/v2/account", NewAddress(), player));
    }

    [Fact]
    public async Task A_user_is_refused_at_functions()
    {
        var player = await node.AuthenticateAsync();
        for (var i = 0; i < LimitedNode.RequestsPerUser; i++) Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/v2/rpc/none", NewAddress(), player));

        using var refusal = await SendAsync("/v2/rpc/none", NewAddress(), player);

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refusal.Headers.RetryAfter!.Delta);
        Assert.Equal($$"""{"error":"{{Text}}","message":"{{Text}}","code":8}""", await refusal.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_games_own_servers_call_functions_without_a_limit()
    {
        node.WaitASecond();
        var address = NewAddress();
        var key = node.Server.Options.Runtime.HttpKey;

        for (var i = 0; i < 3 * LimitedNode.RequestsPerAddress; i++)
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"/v2/rpc/none?http_key={key}", address));

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync($"/v2/rpc/none?http_key={key}x", address));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync("/v2/rpc/none", address));
    }

    [Fact]
    public async Task An_address_is_refused_over_grpc()
    {
        node.WaitASecond();
        var from = new CallOptions(new Metadata { { "x-forwarded-for", NewAddress() } });
        for (var i = 0; i < LimitedNode.RequestsPerAddress; i++) await _grpc.CreateCallInvoker().Call<Empty, Empty>(Game, "Healthcheck", new Empty(), from);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await _grpc.CreateCallInvoker().Call<Empty, Empty>(Game, "Healthcheck", new Empty(), from));

        Assert.Equal((StatusCode.ResourceExhausted, Text), (refusal.StatusCode, refusal.Status.Detail));
        Assert.Equal("1", refusal.Trailers.GetValue("retry-after"));
    }

    [Fact]
    public async Task A_user_is_refused_over_grpc()
    {
        var player = await node.AuthenticateAsync();
        for (var i = 0; i < LimitedNode.RequestsPerUser; i++) await GetAccountAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(GetAccountAsync);

        Assert.Equal((StatusCode.ResourceExhausted, Text), (refusal.StatusCode, refusal.Status.Detail));
        Assert.Equal("1", refusal.Trailers.GetValue("retry-after"));

        async Task GetAccountAsync() =>
            await _grpc.CreateCallInvoker().Call<Empty, Account>(
                Game, "GetAccount", new Empty(), new CallOptions(new Metadata { { "authorization", "Bearer " + player.Token }, { "x-forwarded-for", NewAddress() } }));
    }

    [Fact]
    public async Task Opening_a_socket_is_a_request_of_its_address_and_of_its_user()
    {
        var player = await node.AuthenticateAsync();
        var address = NewAddress();
        for (var i = 0; i < LimitedNode.RequestsPerUser; i++) (await OpenAsync(address)).Dispose();

        using var ofUser = await RawSocket.SendRequestAsync(node.Server.Port, $"/ws?token={player.Token}", $"X-Forwarded-For: {NewAddress()}");
        Assert.StartsWith("HTTP/1.1 429", ofUser.Answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 1", ofUser.Answer, StringComparison.Ordinal);

        var other = await node.AuthenticateAsync();
        await UseUpAsync(address);
        using var ofAddress = await RawSocket.SendRequestAsync(node.Server.Port, $"/ws?token={other.Token}", $"X-Forwarded-For: {address}");
        Assert.StartsWith("HTTP/1.1 429", ofAddress.Answer, StringComparison.Ordinal);

        Task<RawSocket> OpenAsync(string from) => RawSocket.OpenAsync(node.Server.Port, $"/ws?token={player.Token}", $"X-Forwarded-For: {from}");
    }

    [Fact]
    public async Task Negotiating_with_the_hub_is_a_request_of_its_user()
    {
        var player = await node.AuthenticateAsync();
        for (var i = 0; i < LimitedNode.RequestsPerUser; i++) Assert.Equal(HttpStatusCode.OK, await NegotiateAsync());

        Assert.Equal(HttpStatusCode.TooManyRequests, await NegotiateAsync());

        async Task<HttpStatusCode> NegotiateAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/signalr/negotiate?negotiateVersion=1&access_token={player.Token}");
            request.Headers.Add("X-Forwarded-For", NewAddress());
            using var response = await node.Server.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Signing_in_over_udp_is_a_request_of_its_user()
    {
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { MaxRequestsPerSecPerUser = 1 } });
        var player = await server.AuthenticateAsync();
        uint? code = null;

        // The clock goes on here, so that not every second one is too early.
        for (var i = 0; i < 50 && code is null; i++)
        {
            await using var first = await EnetClient.OpenAsync(server.Port + 2, player);
            await using var second = await EnetClient.OpenAsync(server.Port + 2, player);
            await Task.WhenAny(second.Disconnected, second.AskAsync(new Nakama.Protocol.Realtime.Envelope { Ping = new() }));
            if (second.Disconnected.IsCompletedSuccessfully) code = await second.Disconnected;
        }

        Assert.Equal(429u, code);
    }

    [Fact]
    public async Task A_connection_is_refused_and_another_one_of_the_same_address_is_not()
    {
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(
            options => options with { Socket = options.Socket with { MaxRequestsPerSecPerConnection = 3 } },
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using var one = new HttpClient { BaseAddress = server.Http.BaseAddress };
        using var other = new HttpClient { BaseAddress = server.Http.BaseAddress };

        Assert.Equal("200 200 200 429", await StatusesAsync(one, 4));
        Assert.Equal("200", await StatusesAsync(other, 1));

        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{server.GrpcPort}");
        for (var i = 0; i < 3; i++) await channel.CreateCallInvoker().Call<Empty, Empty>(Game, "Healthcheck", new Empty());
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker().Call<Empty, Empty>(Game, "Healthcheck", new Empty()));
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("200", await StatusesAsync(one, 1));

        static async Task<string> StatusesAsync(HttpClient client, int count)
        {
            var statuses = new int[count];
            for (var i = 0; i < count; i++)
            {
                using var response = await client.GetAsync(new Uri("/healthcheck", UriKind.Relative));
                statuses[i] = (int)response.StatusCode;
            }

            return string.Join(' ', statuses);
        }
    }

    [Fact]
    public async Task Refusals_are_counted_and_logged_in_few_lines()
    {
        node.WaitASecond();
        var address = NewAddress();
        await UseUpAsync(address);

        for (var i = 0; i < 200; i++) Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync("/healthcheck", address));

        var text = node.Server.Services.GetRequiredService<PrometheusText>().Write();
        var counted = text.Split('\n').Single(line => line.StartsWith("nakama_rate_limited{", StringComparison.Ordinal)
            && line.Contains("kind=\"request\"", StringComparison.Ordinal) && line.Contains("by=\"address\"", StringComparison.Ordinal));
        Assert.InRange(double.Parse(counted[(counted.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture), 200, 1000);
        // The clock has moved some seconds in all tests together, so one minute's lines at most.
        Assert.InRange(node.Server.Log.Lines.Count(line => line.Text.Contains("beyond a limit", StringComparison.Ordinal)), 1, 60);
    }

    private static string NewAddress() => $"198.51.100.{Interlocked.Increment(ref _addresses) % 250}";

    private async Task UseUpAsync(string address)
    {
        for (var i = 0; i < LimitedNode.RequestsPerAddress; i++) await StatusAsync("/healthcheck", address);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string address, TestPlayer? player = null)
    {
        using var response = await SendAsync(path, address, player);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string address, TestPlayer? player = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", address);
        if (player is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", player.Token);
        return await node.Server.Http.SendAsync(request);
    }
}
