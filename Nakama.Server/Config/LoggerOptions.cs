namespace Nakama.Server.Config;

/// <summary>Settings below <c>logger</c>.</summary>
public sealed record LoggerOptions
{
    /// <summary>debug/info/warn/error, case-insensitive; other fatal.</summary>
    public string Level { get; init; } = "info";

    /// <summary>With a file set: false keeps only startup/shutdown lines on stdout.</summary>
    public bool Stdout { get; init; } = true;

    /// <summary>Append to file (0666).</summary>
    public string File { get; init; } = "";

    /// <summary>Size rotation; requires logger.file (fatal otherwise); creates parent dir 0755.</summary>
    public bool Rotation { get; init; }

    /// <summary>MB before rotation.</summary>
    public int MaxSize { get; init; } = 100;

    /// <summary>Days to keep; 0 = no age limit.</summary>
    public int MaxAge { get; init; }

    /// <summary>0 = keep all.</summary>
    public int MaxBackups { get; init; }

    /// <summary>Local time in rotated names.</summary>
    public bool LocalTime { get; init; }

    /// <summary>gzip rotated files.</summary>
    public bool Compress { get; init; }

    /// <summary>"" / json / stackdriver, case-insensitive; other fatal.</summary>
    public string Format { get; init; } = "json";
}
