using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi.StorageImport;

/// <summary>The errors of the import of storage objects, whose texts are the whole answers.</summary>
internal static class StorageImportErrors
{
    public static ApiException Form => new(StatusCode.InvalidArgument, "Error parsing form data.");

    public static ApiException NoFile => new(StatusCode.InvalidArgument, "No file was uploaded.");

    public static ApiException Failed => Refused("could not import records due to an internal error - please consult server logs");

    public static ApiException NotAnObject => Refused("invalid storage object value. It must contain a valid json object");

    public static ApiException Json(long line) => Json($"line {line}");

    public static ApiException Json(string place) => Refused($"imported file contains bad data on {place}");

    public static ApiException Csv(long line) => Refused($"failed to parse CSV file on line {line}");

    public static ApiException Column(string name) => Refused($"file does not have '{name}' column");

    public static ApiException UserId(string place) => Refused($"invalid user ID on {place}");

    public static ApiException Names(string place) => Refused($"invalid collection, key or value supplied on {place}");

    public static ApiException Value(string place) => Refused($"value must be a JSON object on {place}");

    /// <param name="right">The permission; the two kinds of files write it differently.</param>
    /// <param name="place">The object or row.</param>
    /// <param name="values">The values that are allowed.</param>
    public static ApiException Permission(string right, string place, string values) => Refused($"invalid {right} permission supplied on {place}. It must be either {values}");

    private static ApiException Refused(string reason) => new(StatusCode.InvalidArgument, $"Error importing uploaded file - {reason}.");
}
