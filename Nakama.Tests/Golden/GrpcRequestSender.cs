using System.Text;
using Google.Protobuf;
using Nakama.Protocol.Json;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Transport.Http;
using Nakama.Tests.Transport;

namespace Nakama.Tests.Golden;

/// <summary>
/// Sends a request over gRPC where it has a counterpart there: its path is bound to a method and its form carries nothing
/// beyond the message. Responses are converted to those of the HTTP API. All other requests go over HTTP.
/// </summary>
internal sealed class GrpcRequestSender : IRequestSender, IDisposable
{
    private static readonly string[] Usual = ["Content-Type", "Accept", "Authorization"];

    private readonly PlainGrpcClient _client;
    private readonly HttpRequestSender _http;
    private readonly HttpRouter _router;
    private readonly int _maxMessageBytes;
    private int _count;

    public GrpcRequestSender(TestHost.TestServer server, ApiMap map)
    {
        _client = new PlainGrpcClient(new Uri($"http://127.0.0.1:{server.GrpcPort}"));
        _http = new HttpRequestSender(server.Port);
        _router = new HttpRouter(map);
        _maxMessageBytes = server.Options.Socket.MaxRequestSizeBytes;
    }

    /// <summary>The number of requests with a counterpart so far.</summary>
    public int Count => _count;

    public void Dispose() => _client.Dispose();

    public async Task<PlainAnswer> SendAsync(string verb, string target, IReadOnlyDictionary<string, string> headers, byte[]? body)
    {
        if (Find(verb, target, headers, body) is not var (method, request)) return await _http.SendAsync(verb, target, headers, body);
        Interlocked.Increment(ref _count);
        (string, string)[] metadata = headers.TryGetValue("Authorization", out var authorization) ? [("authorization", authorization)] : [];
        var answer = await _client.CallAsync("/" + method.FullName, request, metadata);
        var code = (StatusCode)int.Parse(answer.Status!, null);
        return code == StatusCode.Ok
            ? new PlainAnswer(200, headers, ProtoJson.ToString(method.Descriptor.OutputType.Parser.ParseFrom(answer.Messages.Single()), JsonFormat.Api))
            : new PlainAnswer(ApiStatus.ToHttp(code), headers, Error(code, Uri.UnescapeDataString(answer.Message ?? "")));
    }

    private static string Error(StatusCode code, string message) =>
        Json.Write(new OrderedDictionary<string, object?> { ["code"] = (decimal)(int)code, ["message"] = message });

    private (ApiMethod Method, IMessage Request)? Find(string verb, string target, IReadOnlyDictionary<string, string> headers, byte[]? body)
    {
        if (headers.Keys.Any(name => !Usual.Contains(name, StringComparer.OrdinalIgnoreCase)) || body?.Length > _maxMessageBytes) return null;
        var (path, query) = target.Split('?', 2) is [var p, var q] ? (p, q) : (target, "");
        if (path.Contains("//", StringComparison.Ordinal)) return null;
        var decoded = UrlText.Decode(path, plusIsSpace: false, out var isUtf8, out _);
        if (decoded is null || !isUtf8) return null;
        var match = _router.Find(verb, decoded[1..].Split('/'));
        // Functions use raw texts over HTTP and messages over gRPC.
        if (match.Binding is not { Method.Name: not "RpcFunc" } binding) return null;
        try
        {
            var request = binding.CreateRequest();
            if (binding.HasBody && body is { Length: > 0 } && !string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(body)))
                ProtoJson.ReadLenient(body, binding.BodyOf(request));
            binding.BindPath(request, match.Values);
            if (binding.BindsQuery && query.Length > 0) binding.BindQuery(request, QueryText.Parse(query));
            return (binding.Method, request);
        }
        catch (Exception e) when (e is ApiException or ProtoJsonException)
        {
            // Invalid JSON or query strings cannot be expressed in a message.
            return null;
        }
    }
}
