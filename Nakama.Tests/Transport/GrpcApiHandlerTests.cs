using System.Net;
using System.Runtime.ExceptionServices;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Tests.TestHost;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Nakama.Tests.Transport;

public sealed class GrpcApiHandlerTests(ListenerHost host) : IClassFixture<ListenerHost>
{
    private const string Service = "/nakama.api.Nakama/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly (string, string) Bearer = ("authorization", "Bearer " + ListenerHost.Token);

    [Fact]
    public async Task A_call_is_answered()
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.CallAsync(Service + "GetAccount", new Empty(), Bearer);

        Assert.Equal(("0", null, 200), (answer.Status, answer.Message, answer.Http));
        Assert.False(answer.IsTrailersOnly);
        Assert.Equal("{}", Account.Parser.ParseFrom(Assert.Single(answer.Messages)).Wallet);
    }

    [Fact]
    public async Task The_reason_of_a_refusal_survives_any_letters()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        host.Echo.Answer("ListFriends", (_, _, _) => throw new ApiException(StatusCode.FailedPrecondition, "100 % žluť\n"));

        var answer = await client.CallAsync(Service + "ListFriends", new ListFriendsRequest(), Bearer);

        Assert.Equal(("9", true), (answer.Status, answer.IsTrailersOnly));
        Assert.Equal("100 %25 %C5%BElu%C5%A5%0A", answer.Message);
    }

    [Theory]
    [InlineData("/nakama.api.Nakama/Nothing", "12", "unknown method Nothing for service nakama.api.Nakama")]
    [InlineData("/nakama.api.Nakama/getaccount", "12", "unknown method getaccount for service nakama.api.Nakama")]
    [InlineData("/nakama.api.Nakama/GetAccount/", "12", "unknown service nakama.api.Nakama/GetAccount")]
    [InlineData("/no.Service/Nothing", "12", "unknown service no.Service")]
    [InlineData("/nothing", "12", "malformed method name: \"/nothing\"")]
    [InlineData("/nakama.api.Nakama/GetAccount", "16", "Auth token required")]
    [InlineData("/nakama.api.Nakama/RpcFunc", "16", "Auth token or HTTP key required")]
    public async Task What_cannot_run_says_why(string path, string status, string message)
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.CallAsync(path, new Empty());

        Assert.Equal((status, message, true, 200), (answer.Status, answer.Message, answer.IsTrailersOnly, answer.Http));
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
        var name = ((UpdateAccountRequest)seen!).DisplayName;
        seen = null;
        var bomb = await client.CallZippedAsync(Service + "UpdateAccount", new UpdateAccountRequest { DisplayName = new string('x', 60_000_000) }, Bearer);

        Assert.Equal(("0", "zipped"), (small.Status, name));
        Assert.Equal(("8", "grpc: received message larger than max (262208 vs. 262144)"), (large.Status, large.Message));
        Assert.Equal(("8", "grpc: received message after decompression larger than max 262144"), (bomb.Status, bomb.Message));
        Assert.Null(seen);
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
    [InlineData("0n")]
    [InlineData("99n")]
    [InlineData("1u")]
    public async Task A_deadline_that_has_passed_before_the_message_is_read_leaves_the_method_alone(string timeout)
    {
        using var client = new PlainGrpcClient(host.Grpc);
        var isAsked = false;
        host.Echo.Answer("ListGroups", (_, _, _) =>
        {
            isAsked = true;
            return new(new GroupList());
        });

        var answer = await client.CallAsync(Service + "ListGroups", new ListGroupsRequest(), Bearer, ("grpc-timeout", timeout));

        Assert.Equal(("4", "context deadline exceeded", true), (answer.Status, answer.Message, answer.IsTrailersOnly));
        Assert.False(isAsked);
    }

    [Theory]
    [InlineData("1H")]
    [InlineData("99999999S")]
    [InlineData("99999999n")]
    public async Task A_deadline_far_away_does_no_harm(string timeout)
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.CallAsync(Service + "GetAccount", new Empty(), Bearer, ("grpc-timeout", timeout));

        Assert.Equal("0", answer.Status);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1")]
    [InlineData("S")]
    [InlineData("1x")]
    [InlineData("-1S")]
    [InlineData("123456789m")]
    public async Task A_malformed_timeout_is_refused(string timeout)
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.CallAsync(Service + "GetAccount", new Empty(), Bearer, ("grpc-timeout", timeout));

        Assert.Equal(("13", "malformed grpc-timeout", true), (answer.Status, answer.Message, answer.IsTrailersOnly));
    }

    [Fact]
    public async Task A_deadline_ends_the_wait_for_a_message_that_does_not_come()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        using var request = PlainGrpcClient.Request(Service + "GetAccount", new EndlessContent([0, 0, 0, 0, 9, 1]), [Bearer, ("grpc-timeout", "50m")]);

        var answer = await client.SendAsync(request);

        Assert.Equal("4", answer.Status);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_its_call()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        var (isRunning, isOver) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Echo.Answer("ListStorageObjects", async (_, _, cancellationToken) =>
        {
            isRunning.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                isOver.SetResult();
            }

            return new StorageObjectList();
        });
        using var leaving = new CancellationTokenSource();
        var call = client.OpenAsync(Service + "ListStorageObjects", new ListStorageObjectsRequest(), leaving.Token, Bearer);
        await isRunning.Task.WaitAsync(Patience);

        await leaving.CancelAsync();

        await isOver.Task.WaitAsync(Patience);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData("cut frame", "13", new byte[] { 0, 0, 0, 0, 9, 1 })]
    [InlineData("no body", "13", new byte[] { })]
    [InlineData("half a prefix", "13", new byte[] { 0, 0, 0 })]
    [InlineData("no protobuf", "13", new byte[] { 0, 0, 0, 0, 1, 0xFF })]
    [InlineData("compressed without encoding", "13", new byte[] { 1, 0, 0, 0, 1, 1 })]
    [InlineData("unknown flag", "13", new byte[] { 9, 0, 0, 0, 0 })]
    [InlineData("more than 4 GB", "8", new byte[] { 0, 255, 255, 255, 255 })]
    public async Task Broken_frames_are_refused(string what, string status, byte[] body)
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.SendAsync(Service + "GetUsers", body, Bearer);

        Assert.Equal((what, status, true), (what, answer.Status, answer.IsTrailersOnly));
    }

    [Theory]
    [InlineData("gzip", "13")]
    [InlineData("identity", "13")]
    [InlineData("snappy", "12")]
    public async Task Compressed_messages_that_cannot_be_unpacked_are_refused(string encoding, string status)
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.SendAsync(Service + "GetUsers", PlainGrpcClient.Frame([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1), Bearer, ("grpc-encoding", encoding));

        Assert.Equal((status, true), (answer.Status, answer.IsTrailersOnly));
    }

    [Fact]
    public async Task What_is_no_gRPC_call_is_refused_by_HTTP()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        using var get = PlainGrpcClient.Request(Service + "GetAccount", new ByteArrayContent([]), []);
        get.Method = HttpMethod.Get;
        get.Content = null;
        using var json = PlainGrpcClient.Request(Service + "GetAccount", new ByteArrayContent([]), []);
        json.Content!.Headers.ContentType = new("application/json");

        Assert.Equal(415, (await client.SendAsync(get)).Http);
        Assert.Equal(415, (await client.SendAsync(json)).Http);
    }

    [Fact]
    public async Task A_status_number_of_a_hooks_own_arrives_as_it_is()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        host.Echo.Answer("DeleteFriends", (_, _, _) => throw new ApiException((StatusCode)1234, "mine"));

        var answer = await client.CallAsync(Service + "DeleteFriends", new DeleteFriendsRequest(), Bearer);

        Assert.Equal(("1234", "mine"), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task A_refusal_throws_nothing_in_the_library()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        var sentence = Unique.Name("refused");
        host.Echo.Answer("BlockFriends", (_, _, _) => throw new ApiException(StatusCode.NotFound, sentence));
        var thrown = 0;
        void Count(object? sender, FirstChanceExceptionEventArgs e)
        {
            if (e.Exception is Grpc.Core.RpcException refusal && refusal.Status.Detail.Contains(sentence, StringComparison.Ordinal)) Interlocked.Increment(ref thrown);
        }

        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            Assert.Equal("5", (await client.CallAsync(Service + "BlockFriends", new BlockFriendsRequest(), Bearer)).Status);
            Assert.Equal("12", (await client.CallAsync(Service + sentence, new Empty(), Bearer)).Status);
            Assert.Equal("12", (await client.CallZippedAsync(Service + "GetUsers", new Empty(), Bearer, ("grpc-encoding", sentence))).Status);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        Assert.Equal(0, thrown);
    }

    [Fact]
    public async Task Calls_are_counted_with_the_bytes_of_their_messages()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        var request = new KickGroupUsersRequest { GroupId = new string('g', 71) };

        await client.CallAsync(Service + "KickGroupUsers", request, Bearer);

        // The answer is on its way a moment before the call is counted.
        var counted = $$"""nakama_KickGroupUsers_recv_bytes{node_name="nakama"} {{request.CalculateSize()}}""";
        using var patience = new CancellationTokenSource(Patience);
        while (!host.MetricsText.Contains(counted, StringComparison.Ordinal)) await Task.Delay(10, patience.Token);
    }

    [Fact]
    public async Task Each_listener_has_its_own_service()
    {
        using var game = new PlainGrpcClient(host.Grpc);
        using var console = new PlainGrpcClient(host.ConsoleGrpc);

        var own = await console.CallAsync("/nakama.console.Console/GetConfig", new Empty());
        var wrong = await game.CallAsync("/nakama.console.Console/GetConfig", new Empty());
        var other = await console.CallAsync(Service + "GetAccount", new Empty(), Bearer);

        Assert.NotEqual("unknown service nakama.console.Console", own.Message);
        Assert.Equal(("12", "unknown service nakama.console.Console"), (wrong.Status, wrong.Message));
        Assert.Equal(("12", "unknown service nakama.api.Nakama"), (other.Status, other.Message));
    }

    [Theory]
    [InlineData(new byte[] { 0x0a, 1, 0xff }, "13")]
    [InlineData(new byte[] { 0x12, 3, (byte)'a', 0xc3, (byte)'b' }, "13")]
    [InlineData(new byte[] { 0x0a, 2, 0xc3, 0xa9 }, "0")]
    public async Task Texts_that_are_no_utf8_are_refused(byte[] request, string status)
    {
        using var client = new PlainGrpcClient(host.Grpc);

        var answer = await client.SendAsync(Service + "GetUsers", PlainGrpcClient.Frame(request, 0), Bearer);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Functions_are_called_with_the_http_key_or_a_token()
    {
        using var client = new PlainGrpcClient(host.Grpc);
        host.Functions.Register("g", (call, payload, _) => new($"{call.Caller?.Username}:{payload}:{call.QueryParameters.GetValueOrDefault("x")}"));

        var server = await client.CallAsync(Service + "RpcFunc", new Nakama.Protocol.Api.Rpc { Id = "g", Payload = "p", HttpKey = "defaulthttpkey" }, ("q_x", "1"));
        var user = await client.CallAsync(Service + "RpcFunc", new Nakama.Protocol.Api.Rpc { Id = "g" }, Bearer);
        var wrong = await client.CallAsync(Service + "RpcFunc", new Nakama.Protocol.Api.Rpc { Id = "g", HttpKey = "wrong" });

        Assert.Equal(":p:1", Nakama.Protocol.Api.Rpc.Parser.ParseFrom(server.Messages[0]).Payload);
        Assert.Equal("anna::", Nakama.Protocol.Api.Rpc.Parser.ParseFrom(user.Messages[0]).Payload);
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

    /// <summary>A body that begins and never ends.</summary>
    private sealed class EndlessContent(byte[] start) : HttpContent
    {
        protected override Task SerializeToStreamAsync(System.IO.Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(System.IO.Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(start, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
