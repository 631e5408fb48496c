using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;

namespace Nakama.Server.Transport.Http;

/// <summary>A request of a raw route; body and query are read on demand.</summary>
internal sealed class RawHttpRequest(
    HttpContext context, HttpApiSettings settings, ClientAddresses addresses, string rest, string query, RequestDeadline? deadline) : RawRequest, IDisposable
{
    private HttpBody? _body;
    private ClientAddress? _client;
    private Dictionary<string, StringValues>? _query;

    public override long ReceivedBytes => _body?.ReceivedBytes ?? 0;

    public override RequestDeadline? Deadline => deadline;

    public override string Verb => context.Request.Method;

    public override string Rest => rest;

    public override StringValues Authorization => context.Request.Headers.Authorization;

    public override string ContentType => context.Request.ContentType ?? "";

    public override IReadOnlyDictionary<string, StringValues> Query => _query ??= ParseQuery();

    public override IEnumerable<KeyValuePair<string, StringValues>> Headers => context.Request.Headers;

    public override string ClientIp => Client.Ip;

    public override string ClientPort => Client.PortText;

    private ClientAddress Client => _client ??= addresses.Of(context);

    public override async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken)
    {
        _body ??= await HttpBody.ReadAsync(context, settings, cancellationToken);
        return _body.Memory;
    }

    public void Dispose() => _body?.Dispose();

    private Dictionary<string, StringValues> ParseQuery()
    {
        var parsed = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var parameter in QueryText.ParseWhatCan(query)) parsed[parameter.Key] = new([.. parameter.Values]);
        return parsed;
    }
}
