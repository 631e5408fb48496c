using Microsoft.Extensions.Primitives;

namespace Nakama.Server.Api;

/// <summary>A request of a raw route, as the listener passes it on.</summary>
public abstract class RawRequest
{
    public abstract string Verb { get; }

    /// <summary>The path after the prefix, percent-decoded.</summary>
    public abstract string Rest { get; }

    public abstract StringValues Authorization { get; }

    public abstract string ContentType { get; }

    /// <summary>All values of each query parameter, in order; names are case-sensitive.</summary>
    public abstract IReadOnlyDictionary<string, StringValues> Query { get; }

    public abstract IEnumerable<KeyValuePair<string, StringValues>> Headers { get; }

    /// <summary>How many bytes of body have been received over the wire so far.</summary>
    public abstract long ReceivedBytes { get; }

    /// <summary>When the request must be finished; null while it is only inspected.</summary>
    public abstract RequestDeadline? Deadline { get; }

    public abstract string ClientIp { get; }

    public abstract string ClientPort { get; }

    /// <summary>The body, decompressed. Valid until the request is answered.</summary>
    /// <exception cref="Errors.ApiException">The body is larger than the listener allows.</exception>
    public abstract ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken);
}
