using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nakama.Server.Outbound;

/// <summary>
/// The only client for external servers. Connections are pooled, every request has a time limit, answers are
/// bounded, and redirects are not followed. Nothing of a request is logged, since URLs may contain secrets.
/// </summary>
public sealed class OutboundHttp(TimeProvider time) : IDisposable
{
    /// <summary>Longer answers count as failures.</summary>
    public const int MaxAnswerBytes = 1 << 20;

    private const int FirstBufferBytes = 4096;
    private const int ConnectionsPerServer = 32;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = ConnectionsPerServer,
        PooledConnectionLifetime = ConnectionLifetime,
        // Trace ids are not sent to external servers.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends a GET request.</summary>
    public async ValueTask<OutboundAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Sends a POST request with form fields.</summary>
    public async ValueTask<OutboundAnswer> PostFormAsync(
        Uri address, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Sends any request, with a time limit of five seconds.</summary>
    public ValueTask<OutboundAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, RequestTimeout, cancellationToken);

    /// <summary>
    /// Sends any request. When the server is unreachable, slow or its answer is too long, the result is a failure, not an
    /// exception.
    /// </summary>
    public async ValueTask<OutboundAnswer> SendAsync(HttpRequestMessage request, TimeSpan mostTime, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(mostTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadAsync(response.Content, either.Token);
            return body is null ? Failed("the answer is too long") : new OutboundAnswer(response.StatusCode, body, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed("no answer in time");
        }
        catch (HttpRequestException e)
        {
            return Failed(e.HttpRequestError.ToString());
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return Failed("the connection broke");
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The complete body; null when it is too long.</summary>
    private static async ValueTask<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaxAnswerBytes) return null;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[(int)(content.Headers.ContentLength + 1 ?? FirstBufferBytes)];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var count)
        {
            length += count;
            if (length > MaxAnswerBytes) return null;
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxAnswerBytes + 1));
        }

        return length == buffer.Length ? buffer : buffer[..length];
    }

    private static OutboundAnswer Failed(string reason) => new(default(HttpStatusCode), [], reason);
}
