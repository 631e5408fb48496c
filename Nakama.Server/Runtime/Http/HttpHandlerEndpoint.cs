using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;
using Nakama.Server.Rpc;

namespace Nakama.Server.Runtime.Http;

/// <summary>
/// Answers requests to the paths of game logic on one port. The listener bounds bodies and the time of a call, as for its own
/// methods; it checks no credentials.
/// </summary>
internal sealed class HttpHandlerEndpoint(HttpHandlerRegistry registry) : IRawEndpoint
{
    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>Headers of the connection, which are not shown to handlers.</summary>
    private static readonly FrozenSet<string> Unseen =
        FrozenSet.ToFrozenSet(["Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade"], StringComparer.OrdinalIgnoreCase);

    public ApiAudience Audience => registry.Audience;

    public string Prefix => "/";

    public bool Takes(string verb, string rest) => registry.Router.TryFind(rest, out _, out _);

    public async ValueTask<RawAnswer> HandleAsync(RawRequest request, CancellationToken cancellationToken)
    {
        // Handlers may have been removed since the listener asked.
        if (!registry.Router.TryFind(request.Rest, out var handlers, out var values)) return NotFound;
        if (handlers.FirstOrDefault(handler => handler.Takes(request.Verb)) is not { } handler) return NotAllowed(handlers);
        var response = await handler.Function(await ReadAsync(request, handler.Name(values), cancellationToken), cancellationToken);
        return new(response.Status, ContentTypeOf(response), response.Body)
        {
            Headers = [.. response.Headers.Where(static header => !IsContentType(header.Key))],
        };
    }

    private static RawAnswer NotFound => new(StatusCodes.Status404NotFound, PlainText, default);

    private static RawAnswer NotAllowed(IEnumerable<HttpHandler> handlers) => new(StatusCodes.Status405MethodNotAllowed, PlainText, default)
    {
        Headers = [new("Allow", string.Join(", ", handlers.SelectMany(static handler => handler.Path.Methods).Distinct()))],
    };

    private static async ValueTask<HttpHandlerRequest> ReadAsync(RawRequest request, Dictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers)
        {
            if (!Unseen.Contains(name) && !name.StartsWith(':')) headers[HeaderName.Canonical(name)] = values;
        }

        return new()
        {
            Method = request.Verb,
            Path = "/" + request.Rest,
            PathParameters = parameters,
            Query = request.Query,
            Headers = headers,
            Body = (await request.ReadBodyAsync(cancellationToken)).ToArray(),
            ClientIp = request.ClientIp,
            ClientPort = request.ClientPort,
        };
    }

    private static string ContentTypeOf(HttpHandlerResponse response) =>
        response.Headers.LastOrDefault(static header => IsContentType(header.Key)).Value ?? (response.Body.IsEmpty ? "" : PlainText);

    private static bool IsContentType(string name) => name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);
}
