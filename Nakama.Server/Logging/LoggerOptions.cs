namespace Nakama.Server.Logging;

/// <summary>Settings below <c>logger</c>.</summary>
public sealed record LoggerOptions
{
    /// <summary>The least that is written: debug, info, warn or error.</summary>
    public string Level { get; init; } = "info";

    /// <summary>Whether lines go to stdout too when there is a file; those of start and end always do.</summary>
    public bool Stdout { get; init; } = true;

    /// <summary>A file to append lines to; empty is none.</summary>
    public string File { get; init; } = "";

    /// <summary>Whether a full file is set aside and a new one begun; needs <c>logger.file</c>.</summary>
    public bool Rotation { get; init; }

    /// <summary>How large a file may grow before it is set aside, in megabytes.</summary>
    public int MaxSize { get; init; } = 100;

    /// <summary>How long files set aside are kept, in days; 0 keeps them whatever their age.</summary>
    public int MaxAge { get; init; }

    /// <summary>How many files set aside are kept; 0 keeps all.</summary>
    public int MaxBackups { get; init; }

    /// <summary>Whether files set aside are named by local time instead of UTC.</summary>
    public bool LocalTime { get; init; }

    /// <summary>Whether files set aside are compressed with gzip.</summary>
    public bool Compress { get; init; }

    /// <summary>The form of a line: json or stackdriver.</summary>
    public string Format { get; init; } = "json";
}
