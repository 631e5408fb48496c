using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Nakama.Protocol.Console;
using Nakama.Tests.TestHost;
using Account = Nakama.Protocol.Api.Account;
using Alpha = Grpc.Reflection.V1Alpha;
using Empty = Google.Protobuf.WellKnownTypes.Empty;
using Reflection = Grpc.Reflection.V1;

namespace Nakama.Tests.Transport;

/// <summary>The official .NET client of gRPC with a whole node.</summary>
public sealed class GrpcClients(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Game = "nakama.api.Nakama";
    private const string Console = "nakama.console.Console";

    private readonly GrpcChannel _game = GrpcChannel.ForAddress($"http://127.0.0.1:{fixture.Server.GrpcPort}");
    private readonly GrpcChannel _console = GrpcChannel.ForAddress($"http://127.0.0.1:{fixture.Server.ConsolePort - 3}");

    public void Dispose()
    {
        _game.Dispose();
        _console.Dispose();
    }

    [Fact]
    public async Task A_player_reads_the_own_account()
    {
        var player = await fixture.Server.AuthenticateAsync();

        var account = await _game.CreateCallInvoker().Call<Empty, Account>(Game, "GetAccount", new Empty(), GrpcCalls.Bearer(player.Token, Later));

        Assert.Equal(player.Username, account.User.Username);
    }

    [Fact]
    public async Task A_refusal_has_its_status_and_sentence()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _game.CreateCallInvoker().Call<Empty, Account>(Game, "GetAccount", new Empty()));

        Assert.Equal((StatusCode.Unauthenticated, "Auth token required"), (refusal.StatusCode, refusal.Status.Detail));
    }

    [Fact]
    public async Task Operators_sign_in_and_ask_over_a_port_of_their_own()
    {
        var client = _console.CreateCallInvoker();
        var options = fixture.Server.Options.Console;

        var session = await client.Call<AuthenticateRequest, ConsoleSession>(Console, "Authenticate", new AuthenticateRequest { Username = options.Username, Password = options.Password });
        var accounts = await client.Call<ListAccountsRequest, AccountList>(Console, "ListAccounts", new ListAccountsRequest(), GrpcCalls.Bearer(session.Token));
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await client.Call<ListAccountsRequest, AccountList>(Console, "ListAccounts", new ListAccountsRequest()));
        var stranger = await Assert.ThrowsAsync<RpcException>(async () => await client.Call<Empty, Account>(Game, "GetAccount", new Empty()));

        Assert.Contains(accounts.Users, user => user.Id == "00000000-0000-0000-0000-000000000000");
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
        Assert.Equal((StatusCode.Unimplemented, "unknown service nakama.api.Nakama"), (stranger.StatusCode, stranger.Status.Detail));
    }

    [Fact]
    public async Task Reflection_lists_the_service_of_the_port()
    {
        Assert.Equal(
            [Game, "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"],
            (await ServicesAsync(_game)).Order(StringComparer.Ordinal).OrderBy(name => name != Game));
        Assert.Contains(Console, await ServicesAsync(_console));
        Assert.DoesNotContain(Game, await ServicesAsync(_console));
    }

    [Fact]
    public async Task The_old_form_of_reflection_answers_alike()
    {
        using var call = new Alpha.ServerReflection.ServerReflectionClient(_game).ServerReflectionInfo(deadline: Later);
        await call.RequestStream.WriteAsync(new Alpha.ServerReflectionRequest { FileContainingSymbol = Game });
        await call.RequestStream.CompleteAsync();

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.NotEmpty(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Game)]
    [InlineData(Console)]
    public async Task Health_says_that_the_node_serves(string service)
    {
        var answer = await new Health.HealthClient(_game).CheckAsync(new HealthCheckRequest { Service = service });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Who_watches_health_is_told_when_the_node_stops()
    {
        await using var server = await TestServer.StartAsync();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{server.GrpcPort}");
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest(), deadline: Later);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, watch.ResponseStream.Current.Status);

        var stopping = server.StopAsync();

        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        Assert.False(await watch.ResponseStream.MoveNext(CancellationToken.None));
        await stopping;
    }

    [Fact]
    public async Task The_library_fills_no_log()
    {
        await Assert.ThrowsAsync<RpcException>(async () => await _game.CreateCallInvoker().Call<Empty, Account>(Game, "GetAccount", new Empty()));

        Assert.DoesNotContain(fixture.Server.Log.Lines, line => line.Category.StartsWith("Grpc", StringComparison.Ordinal));
    }

    private static DateTime Later => DateTime.UtcNow.AddSeconds(60);

    private static async Task<IEnumerable<string>> ServicesAsync(GrpcChannel channel)
    {
        using var call = new Reflection.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(deadline: Later);
        await call.RequestStream.WriteAsync(new Reflection.ServerReflectionRequest { ListServices = "" });
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
    }
}
