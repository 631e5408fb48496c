using Nakama.Protocol.Json;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi;

namespace Nakama.Server.Transport.Http;

/// <summary>The differences between the listener of the game API and that of the operators.</summary>
internal sealed record HttpApiSettings
{
    public required ListenerKind Kind { get; init; }

    public required ApiAudience Audience { get; init; }

    /// <summary>How answers are written.</summary>
    public required JsonFormat Form { get; init; }

    /// <summary>Bodies above this, as they came over the wire, are refused.</summary>
    public required int MaxBodyBytes { get; init; }

    /// <summary>How long a call may take.</summary>
    public required TimeSpan CallTime { get; init; }

    /// <summary>Whether <c>GET /</c> answers that the server is running.</summary>
    public bool AnswersRoot { get; init; }

    /// <summary>Whether compressed request bodies are accepted.</summary>
    public bool Decompresses { get; init; }

    /// <summary>Whether an escaped slash separates segments like a bare one.</summary>
    public bool EscapedSlashSeparates { get; init; }

    /// <summary>Whether the body of an error carries an empty list of details.</summary>
    public bool ErrorsHaveDetails { get; init; }

    /// <summary>Verbs that cross-origin pages may use.</summary>
    public required string[] CorsMethods { get; init; }

    /// <summary>Headers put on every answer unless the server sets them itself.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];

    public static HttpApiSettings ForGames(SocketOptions options) => new()
    {
        Kind = ListenerKind.Api,
        Audience = ApiAudience.Games,
        Form = JsonFormat.Api,
        MaxBodyBytes = options.MaxRequestSizeBytes,
        CallTime = CallTimeOf(options.IdleTimeoutMs),
        AnswersRoot = true,
        Decompresses = true,
        EscapedSlashSeparates = true,
        CorsMethods = ["GET", "HEAD", "POST", "PUT", "DELETE"],
        ResponseHeaders = [.. options.ResponseHeaders.Select(h => h.Split('=', 2)).Select(h => KeyValuePair.Create(h[0], h[^1]))],
    };

    public static HttpApiSettings ForOperators(ConsoleOptions options) => new()
    {
        Kind = ListenerKind.Console,
        Audience = ApiAudience.Operators,
        Form = JsonFormat.Console,
        MaxBodyBytes = options.MaxMessageSizeBytes,
        CallTime = CallTimeOf(options.IdleTimeoutMs),
        ErrorsHaveDetails = true,
        CorsMethods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"],
    };

    private static TimeSpan CallTimeOf(int idleMs) => TimeSpan.FromMilliseconds(idleMs > 500 ? idleMs - 500 : idleMs);
}
