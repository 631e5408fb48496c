using BenchmarkDotNet.Attributes;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;
using Nakama.Server.Api;
using Nakama.Server.Realtime;
using Nakama.Server.Security;

namespace Nakama.Benchmarks;

/// <summary>The overhead of every request and every socket message outside its handler.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private static readonly Empty Nothing = new();
    private static readonly Account Answer = new();
    private static readonly Envelope Ping = new() { Cid = "1", Ping = new Ping() };

    private BenchmarkNode? _node;
    private ApiPipeline? _requests;
    private RealtimePipeline? _messages;
    private ApiService? _service;
    private ApiMethod? _method;
    private ISessionTokenCheck? _tokens;
    private BenchmarkSession? _session;
    private string _token = "";
    private string _authorization = "";

    [GlobalSetup]
    public void Prepare()
    {
        const string Method = "GetAccount";
        _node = new BenchmarkNode();
        (_requests, _messages, _tokens) = (_node.Get<ApiPipeline>(), _node.Get<RealtimePipeline>(), _node.Get<ISessionTokenCheck>());
        var map = new ApiMap([Nakama.Protocol.Api.ApiReflection.Descriptor.Services[0]], static _ => ApiCredential.Bearer, NullLogger<ApiMap>.Instance);
        map.Map<Empty, Account>(Method, static (_, _, _) => new(Answer));
        _service = new ApiService(ApiAudience.Games, map, _node.Get<GameCredentialCheck>());
        _method = map.Find(Method);
        _session = _node.Open();
        _token = _node.Get<SessionTokens>().Sign(new SessionToken
        {
            Id = $"{Guid.NewGuid()}",
            UserId = Guid.NewGuid(),
            Username = "player",
            IssuedAt = DateTimeOffset.UnixEpoch.ToUnixTimeSeconds(),
            Expiry = DateTimeOffset.MaxValue.ToUnixTimeSeconds(),
        });
        _authorization = "Bearer " + _token;
    }

    [GlobalCleanup]
    public void End() => _node?.Dispose();

    /// <summary>Signature, expiry, revocations.</summary>
    [Benchmark]
    public object? CheckToken() => _tokens!.Check(_token);

    /// <summary>A request with a token whose handler does nothing.</summary>
    [Benchmark]
    public async Task<int> Request()
    {
        var call = new ApiCall { Method = _method! };
        var outcome = await _requests!.InvokeAsync(_service!, call, _authorization, Nothing, CancellationToken.None);
        _requests.Complete(_service!, outcome, receivedBytes: 100, sentBytes: 100);
        return (int)outcome.Code;
    }

    /// <summary>A socket message with a trivial response.</summary>
    [Benchmark]
    public ValueTask Message() => _messages!.ProcessAsync(_session!, Ping, size: 20);
}
