using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using Nakama.Server.Errors;
using Nakama.Server.Wire.Api;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Nakama.Tests.Transport;

public sealed class GrpcDoorTests(DoorHost host) : IClassFixture<DoorHost>
{
    private const string Service = "/nakama.api.Nakama/";
    private static readonly (string, string) Bearer = ("authorization", "Bearer " + DoorHost.Token);

    [Fact]
    public async Task A_call_is_answered()
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.CallAsync(Service + "GetAccount", new Empty(), Bearer);

        Assert.Equal(("0", null, 200), (answer.Status, answer.Message, answer.Http));
        Assert.Equal("{}", Account.Parser.ParseFrom(Assert.Single(answer.Messages)).Wallet);
    }

    [Fact]
    public async Task The_reason_of_a_refusal_survives_any_letters()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        host.Echo.Answer("ListFriends", (_, _, _) => throw new ApiError(StatusCode.FailedPrecondition, "100 % žluť\n"));

        var answer = await client.CallAsync(Service + "ListFriends", new ListFriendsRequest(), Bearer);

        Assert.Equal("9", answer.Status);
        Assert.Equal("100 %25 %C5%BElu%C5%A5%0A", answer.Message);
    }

    [Theory]
    [InlineData("/nakama.api.Nakama/Nothing", "12", "unknown method Nothing for service nakama.api.Nakama")]
    [InlineData("/no.Service/Nothing", "12", "unknown service no.Service")]
    [InlineData("/nothing", "12", "malformed method name: \"/nothing\"")]
    [InlineData("/nakama.api.Nakama/GetAccount", "16", "Auth token required")]
    [InlineData("/nakama.api.Nakama/RpcFunc", "16", "Auth token or HTTP key required")]
    public async Task What_cannot_run_says_why(string path, string status, string message)
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.CallAsync(path, new Empty());

        Assert.Equal((status, message), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task Compressed_messages_are_understood_and_large_ones_refused()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        IMessage? seen = null;
        host.Echo.Answer("UpdateAccount", (_, request, _) =>
        {
            seen = request;
            return new(new Empty());
        });

        var small = await client.CallZippedAsync(Service + "UpdateAccount", new UpdateAccountRequest { DisplayName = "zipped" }, Bearer);
        var large = await client.CallAsync(Service + "UpdateAccount", new UpdateAccountRequest { DisplayName = new string('x', 262_200) }, Bearer);
        var bomb = await client.CallZippedAsync(Service + "UpdateAccount", new UpdateAccountRequest { DisplayName = new string('x', 9_000_000) }, Bearer);

        Assert.Equal(("0", "zipped"), (small.Status, ((UpdateAccountRequest)seen!).DisplayName));
        Assert.Equal(("8", "grpc: received message larger than max (262208 vs. 262144)"), (large.Status, large.Message));
        Assert.Equal("8", bomb.Status);
    }

    [Fact]
    public async Task Long_answers_are_compressed_for_those_who_can()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        host.Echo.Answer("GetUsers", (_, _, _) => new(new Users { Users_ = { new User { Username = new string('u', 5000) } } }));

        var answer = await client.CallAsync(Service + "GetUsers", new GetUsersRequest(), Bearer, ("grpc-accept-encoding", "identity,gzip"));

        Assert.Equal(5000, Users.Parser.ParseFrom(Assert.Single(answer.Messages)).Users_[0].Username.Length);
    }

    [Fact]
    public async Task A_deadline_ends_a_call()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        host.Echo.Answer("ListFriends", async (_, _, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new FriendList();
        });

        var answer = await client.CallAsync(Service + "ListFriends", new ListFriendsRequest(), Bearer, ("grpc-timeout", "20m"));

        Assert.Equal(("4", "context deadline exceeded"), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 })]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 0xFF })]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 1 })]
    public async Task Broken_frames_are_refused(byte[] body)
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.SendAsync(Service + "GetUsers", body, Bearer);

        Assert.Contains(answer.Status, new[] { "13", "12" });
    }

    [Fact]
    public async Task Functions_are_called_with_the_http_key_or_a_token()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        host.Functions.Register("g", (call, payload, _) => new($"{call.Caller?.Username}:{payload}:{call.QueryParameters.GetValueOrDefault("x")}"));

        var server = await client.CallAsync(Service + "RpcFunc", new Nakama.Server.Wire.Api.Rpc { Id = "g", Payload = "p", HttpKey = "defaulthttpkey" }, ("q_x", "1"));
        var user = await client.CallAsync(Service + "RpcFunc", new Nakama.Server.Wire.Api.Rpc { Id = "g" }, Bearer);
        var wrong = await client.CallAsync(Service + "RpcFunc", new Nakama.Server.Wire.Api.Rpc { Id = "g", HttpKey = "wrong" });

        Assert.Equal(":p:1", Nakama.Server.Wire.Api.Rpc.Parser.ParseFrom(server.Messages[0]).Payload);
        Assert.Equal("anna::", Nakama.Server.Wire.Api.Rpc.Parser.ParseFrom(user.Messages[0]).Payload);
        Assert.Equal(("16", "HTTP key invalid"), (wrong.Status, wrong.Message));
    }

    [Fact]
    public async Task Health_is_checked_and_watched()
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var check = await client.CallAsync("/grpc.health.v1.Health/Check", new HealthCheckRequest { Service = "nakama.api.Nakama" });
        var unknown = await client.CallAsync("/grpc.health.v1.Health/Check", new HealthCheckRequest { Service = "other" });
        await using var watch = await client.OpenAsync("/grpc.health.v1.Health/Watch", new HealthCheckRequest(), CancellationToken.None);
        var frame = new byte[7];
        await watch.ReadExactlyAsync(frame);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, HealthCheckResponse.Parser.ParseFrom(check.Messages[0]).Status);
        Assert.Equal("5", unknown.Status);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, HealthCheckResponse.Parser.ParseFrom(frame.AsSpan(5)).Status);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1alpha")]
    public async Task Reflection_describes_the_service_completely(string version)
    {
        using var client = new PlainGrpcClient(host.Grpc);
        byte[] requests =
        [
            .. PlainGrpcClient.Frame(new ServerReflectionRequest { ListServices = "" }.ToByteArray(), 0),
            .. PlainGrpcClient.Frame(new ServerReflectionRequest { FileContainingSymbol = "nakama.api.Nakama.GetAccount" }.ToByteArray(), 0),
            .. PlainGrpcClient.Frame(new ServerReflectionRequest { FileByFilename = "no.proto" }.ToByteArray(), 0),
        ];

        var answer = await client.SendAsync($"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo", requests);
        var answers = answer.Messages.Select(m => ServerReflectionResponse.Parser.ParseFrom(m)).ToList();

        Assert.Equal("0", answer.Status);
        Assert.Contains(answers[0].ListServicesResponse.Service, s => s.Name == "nakama.api.Nakama");
        var files = answers[1].FileDescriptorResponse.FileDescriptorProto.Select(f => FileDescriptorProto.Parser.ParseFrom(f)).ToList();
        Assert.All(files, f => Assert.Subset(files.Select(x => x.Name).ToHashSet(), f.Dependency.ToHashSet()));
        Assert.Contains(files, f => f.Service.Any(s => s.Name == "Nakama"));
        Assert.Equal(5, answers[2].ErrorResponse.ErrorCode);
    }
}
