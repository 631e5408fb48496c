using Nakama.Server.Api;
using Nakama.Server.Wire.Json;

namespace Nakama.Server.Transport.Http;

/// <summary>What tells the games' door from the operators'.</summary>
internal sealed record HttpDoorSettings
{
    public required DoorKind Kind { get; init; }

    public required ApiAudience Audience { get; init; }

    /// <summary>How answers are written.</summary>
    public required JsonForm Form { get; init; }

    /// <summary>Bodies above this, as they came over the wire, are refused.</summary>
    public required int MaxBodyBytes { get; init; }

    /// <summary>How long a call may take.</summary>
    public required TimeSpan CallTime { get; init; }

    /// <summary>Whether <c>GET /</c> says that the server is there.</summary>
    public bool AnswersRoot { get; init; }

    /// <summary>Whether compressed bodies are understood.</summary>
    public bool Decompresses { get; init; }

    /// <summary>Whether an escaped slash separates segments like a bare one.</summary>
    public bool EscapedSlashSeparates { get; init; }

    /// <summary>Whether the body of an error carries an empty list of details.</summary>
    public bool ErrorsHaveDetails { get; init; }

    /// <summary>Verbs that pages from elsewhere may use.</summary>
    public required string[] CorsMethods { get; init; }

    /// <summary>Headers put on every answer unless the server sets them itself.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];

    public static HttpDoorSettings ForGames(SocketOptions options) => new()
    {
        Kind = DoorKind.Api,
        Audience = ApiAudience.Games,
        Form = JsonForm.Api,
        MaxBodyBytes = options.MaxRequestSizeBytes,
        CallTime = CallTimeOf(options.IdleTimeoutMs),
        AnswersRoot = true,
        Decompresses = true,
        EscapedSlashSeparates = true,
        CorsMethods = ["GET", "HEAD", "POST", "PUT", "DELETE"],
        ResponseHeaders = [.. options.ResponseHeaders.Select(h => h.Split('=', 2)).Select(h => KeyValuePair.Create(h[0], h[^1]))],
    };

    public static HttpDoorSettings ForOperators(ConsoleOptions options) => new()
    {
        Kind = DoorKind.Console,
        Audience = ApiAudience.Operators,
        Form = JsonForm.Console,
        MaxBodyBytes = options.MaxMessageSizeBytes,
        CallTime = CallTimeOf(options.IdleTimeoutMs),
        ErrorsHaveDetails = true,
        CorsMethods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"],
    };

    private static TimeSpan CallTimeOf(int idleMs) => TimeSpan.FromMilliseconds(idleMs > 500 ? idleMs - 500 : idleMs);
}
