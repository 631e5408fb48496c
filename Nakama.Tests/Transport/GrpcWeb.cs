using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Nakama.Protocol.Api;
using Nakama.Tests.TestHost;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Nakama.Tests.Transport;

/// <summary>gRPC for pages in browsers, which speak HTTP/1.1 to a port without TLS and cannot read trailers.</summary>
public sealed class GrpcWeb(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Game = "nakama.api.Nakama";
    private const string GetAccount = "/nakama.api.Nakama/GetAccount";

    private Uri Address => new($"http://127.0.0.1:{fixture.Server.GrpcPort}");

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb, "1.1")]
    [InlineData(GrpcWebMode.GrpcWebText, "1.1")]
    [InlineData(GrpcWebMode.GrpcWeb, "2.0")]
    public async Task A_page_calls_and_is_refused_like_any_client(GrpcWebMode mode, string version)
    {
        using var handler = new GrpcWebHandler(mode, new HttpClientHandler());
        using var channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            HttpVersion = Version.Parse(version),
            HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        });
        var player = await fixture.Server.AuthenticateAsync();

        var account = await channel.CreateCallInvoker().Call<Empty, Account>(Game, "GetAccount", new Empty(), GrpcCalls.Bearer(player.Token));
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker().Call<Empty, Account>(Game, "GetAccount", new Empty()));
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker().Call<Empty, Account>(Game, "GetNothing", new Empty()));

        Assert.Equal(player.Username, account.User.Username);
        Assert.Equal((StatusCode.Unauthenticated, "Auth token required"), (refusal.StatusCode, refusal.Status.Detail));
        Assert.Equal((StatusCode.Unimplemented, "unknown method GetNothing for service nakama.api.Nakama"), (unknown.StatusCode, unknown.Status.Detail));
    }

    [Fact]
    public async Task The_status_stands_in_the_body_behind_the_message()
    {
        var player = await fixture.Server.AuthenticateAsync();
        using var request = Request(HttpMethod.Post, ("Authorization", "Bearer " + player.Token));

        using var answer = await Client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), (answer.StatusCode, answer.Version));
        Assert.Equal("application/grpc-web", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("grpc-status", Assert.Single(answer.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
        Assert.Contains("grpc-status: 0", Encoding.ASCII.GetString(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authorization,content-type,x-grpc-web,x-user-agent,grpc-timeout", HttpStatusCode.OK, "Authorization,Content-Type,X-Grpc-Web,X-User-Agent,Grpc-Timeout")]
    [InlineData("x-other", HttpStatusCode.Forbidden, null)]
    public async Task A_browser_is_told_what_a_page_may_send(string asked, HttpStatusCode status, string? allowed)
    {
        using var request = Request(HttpMethod.Options, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", asked));
        request.Content = null;

        using var answer = await Client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Headers", out var values) ? Assert.Single(values) : null);
    }

    [Fact]
    public async Task HTTP_1_without_gRPC_Web_is_told_so()
    {
        using var request = Request(HttpMethod.Post);
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var page = Request(HttpMethod.Get);
        page.Content = null;

        using var answer = await Client.SendAsync(request);
        using var refused = await Client.SendAsync(page);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
    }

    private static readonly HttpClient Client = new();

    private HttpRequestMessage Request(HttpMethod method, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, GetAccount)) { Content = new ByteArrayContent(new byte[5]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc-web");
        request.Headers.Add("Origin", "http://game.example");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
