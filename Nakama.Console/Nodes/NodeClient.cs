using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Console.Access;
using Nakama.Protocol.Json;
using Polly;

namespace Nakama.Console.Nodes;

/// <summary>Calls the console API of a node as the signed-in operator. Every failure is a <see cref="NodeException"/>.</summary>
public sealed class NodeClient(IHttpClientFactory clients, NodeAddresses addresses, Operator signedIn)
{
    private const int LargestAnswer = 64 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) where T : IMessage, new() =>
        SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    public Task<T> PostAsync<T>(string path, IMessage? body, CancellationToken cancellationToken) where T : IMessage, new() =>
        SendAsync<T>(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>
    /// Calls a method for signing in, which takes no token: the node gets the visitor's address, as it limits attempts by address.
    /// </summary>
    public Task<T> PostForAsync<T>(HttpContext visitor, string path, IMessage? body) where T : IMessage, new() =>
        SendAsync<T>(HttpMethod.Post, path, body, visitor.RequestAborted, visitor.Request);

    public Task PostAsync(string path, IMessage? body, CancellationToken cancellationToken) =>
        SendAsync<Empty>(HttpMethod.Post, path, body, cancellationToken);

    public Task<T> PutAsync<T>(string path, IMessage body, CancellationToken cancellationToken) where T : IMessage, new() =>
        SendAsync<T>(HttpMethod.Put, path, body, cancellationToken);

    public Task<T> DeleteAsync<T>(string path, CancellationToken cancellationToken) where T : IMessage, new() =>
        SendAsync<T>(HttpMethod.Delete, path, null, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) => DeleteAsync<Empty>(path, cancellationToken);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, IMessage? body, CancellationToken cancellationToken, HttpRequest? visitor = null)
        where T : IMessage, new()
    {
        var node = addresses.Current;
        using var client = clients.CreateClient(NodeHttpClients.Calls);
        client.Timeout = Patience;
        client.MaxResponseContentBufferSize = LargestAnswer;
        using var request = new HttpRequestMessage(method, new Uri(node, path));
        if (visitor is null && await signedIn.TokenAsync() is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (visitor is not null) ForwardedFor.Add(visitor, request);
        if (body is not null) request.Content = CreateContent(body);

        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) throw await ReadErrorAsync(response, cancellationToken);
            var message = new T();
            ProtoJson.ReadLenient(await response.Content.ReadAsByteArrayAsync(cancellationToken), message);
            return message;
        }
        catch (Exception error) when (error is HttpRequestException or ProtoJsonException or ExecutionRejectedException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            addresses.Skip(node);
            throw new NodeException(NodeException.Unavailable, $"The node at {node.Authority} does not answer.");
        }
    }

    // In one piece with a length: not every proxy in front of a node supports chunked requests.
    private static StringContent CreateContent(IMessage body) =>
        new(ProtoJson.ToString(body, JsonFormat.Api), Encoding.UTF8, "application/json");

    /// <summary>The error in a response.</summary>
    public static async Task<NodeException> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var error = await response.Content.ReadFromJsonAsync<ErrorBody>(cancellationToken);
            if (error is { Message.Length: > 0 }) return new NodeException(error.Code, error.Message);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A proxy in between returned a response of its own, in whatever encoding.
        }

        var code = response.StatusCode == HttpStatusCode.Unauthorized ? NodeException.Unauthenticated : NodeException.Unavailable;
        return new NodeException(code, $"The node answered {(int)response.StatusCode} {response.ReasonPhrase}.");
    }

    private sealed record ErrorBody(int Code, string Message);
}
