using System.Net;
using Nakama.Server.Outbound;
using Nakama.Server.Rpc;

namespace Nakama.Server.Runtime.Functions;

/// <summary>HTTP requests of modules to other services.</summary>
internal sealed class HttpFunctions : IFunctionModule, IDisposable
{
    private const int DefaultTimeoutMs = 5000;

    /// <summary>The maximum length of a response.</summary>
    private const int MaxAnswerBytes = 32 << 20;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly Lazy<HttpClient> _client;
    private readonly Lazy<HttpClient> _insecure;
    private readonly TimeProvider _time;

    public HttpFunctions(RuntimeOptions options, TimeProvider time)
    {
        var connections = new FilteredConnections(new AddressList(options.HttpDeniedAddresses));
        _client = new(() => Create(connections, isInsecure: false));
        _insecure = new(() => Create(connections, isInsecure: true));
        _time = time;
    }

    public string Name => "HTTP";

    public void Describe(FunctionGroup functions) =>
        functions.Function("http_request", "Sends a request and waits for the whole answer: its status, its headers by name and its body.")
            .Text("url").Text("method").Table("headers").OptionalInJavaScript().OptionalText("body")
            .OptionalWhole("timeout_ms", DefaultTimeoutMs).OptionalFlag("insecure", false)
            .Returns("code", "headers", "body").Does(SendAsync);

    public void Dispose()
    {
        if (_client.IsValueCreated) _client.Value.Dispose();
        if (_insecure.IsValueCreated) _insecure.Value.Dispose();
    }

    private async ValueTask<ScriptValue> SendAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        using var request = Read(call);
        var timeoutMs = call.Whole(4) is > 0 and var given ? Math.Min(given, int.MaxValue) : DefaultTimeoutMs;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeoutMs), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var client = call.Flag(5) ? _insecure : _client;
            using var answer = await client.Value.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(either.Token);
            return ScriptValue.Results(ScriptValue.Of((double)answer.StatusCode), HeadersOf(answer, call.Language), ScriptValue.TextOf(body));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FunctionException($"HTTP request error: {request.Method} \"{request.RequestUri}\": context deadline exceeded");
        }
        catch (HttpRequestException e)
        {
            throw new FunctionException($"HTTP request error: {request.Method} \"{request.RequestUri}\": {e.InnerException?.Message ?? e.Message}");
        }
    }

    private static HttpRequestMessage Read(FunctionCall call)
    {
        if (call.Text(0).Length == 0) throw call.Refuse(0, new("expects URL string", "URL string cannot be empty."));
        var method = call.Text(1).ToUpperInvariant();
        if (method is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD"))
        {
            const string Known = "must be one of: 'get', 'post', 'put', 'patch', 'delete', 'head'";
            throw call.Refuse(1, new($"expects method to be {Known[8..]}", $"Invalid method {Known}."));
        }

        if (!Uri.TryCreate(call.Text(0), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new FunctionException($"HTTP request error: {call.Text(0)} is no address of HTTP");

        var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (call.Has(3)) request.Content = new ByteArrayContent(call.Bytes(3));
        foreach (var (name, value) in call.TextMap(2, "HTTP header keys must be strings", new("HTTP header values must be strings", "expects string")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>The headers under their canonical spelling: the first value of each in Lua, all values elsewhere.</summary>
    private static ScriptValue HeadersOf(HttpResponseMessage answer, ScriptLanguage language)
    {
        var headers = new ScriptRecord { HasForeignNames = true };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (given, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            var name = HeaderName.Canonical(given);
            if (!seen.Add(name)) continue;
            if (language == ScriptLanguage.Lua) headers.Add(name, values.First());
            else headers.Add(name, ScriptValue.Of(values.Select(static value => ScriptValue.Of(value)).ToList()));
        }

        return ScriptValue.Of(headers);
    }

    private static HttpClient Create(FilteredConnections connections, bool isInsecure)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = connections.ConnectAsync,
            PooledConnectionLifetime = ConnectionLifetime,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
        };
#pragma warning disable CA5359 // The module asks for it in so many words.
        if (isInsecure) handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        return new HttpClient(handler) { MaxResponseContentBufferSize = MaxAnswerBytes, Timeout = Timeout.InfiniteTimeSpan };
    }
}
