namespace Nakama.Protocol.Json;

/// <summary>How a message is written as JSON.</summary>
public sealed class JsonFormat
{
    /// <summary>The form for game clients: proto names, enums as numbers, default values omitted.</summary>
    public static readonly JsonFormat Api = new();

    /// <summary>The form for operators: default values are written, and unset messages are null.</summary>
    public static readonly JsonFormat Console = new() { EmitsDefaults = true };

    /// <summary>The form of the API explorer: camelCase names, enums by name, default values omitted.</summary>
    public static readonly JsonFormat Explorer = new() { UsesCamelCase = true, UsesEnumNames = true };

    /// <summary>The form for JavaScript modules: default values are written, camelCase names and enums as numbers.</summary>
    public static readonly JsonFormat Script = new() { EmitsDefaults = true, UsesCamelCase = true };

    private JsonFormat()
    {
    }

    /// <summary>Whether fields with their default are written, and unset messages as null.</summary>
    public bool EmitsDefaults { get; private init; }

    /// <summary>Whether names are camelCase rather than those of the proto file.</summary>
    public bool UsesCamelCase { get; private init; }

    /// <summary>Whether enums are written by name rather than by number.</summary>
    public bool UsesEnumNames { get; private init; }
}
