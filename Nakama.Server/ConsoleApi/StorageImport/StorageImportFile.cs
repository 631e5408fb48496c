using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Nakama.Server.Database;
using Nakama.Server.Security;
using Nakama.Server.Storage;

namespace Nakama.Server.ConsoleApi.StorageImport;

/// <summary>The objects of an uploaded file, which is JSON when its name says so, else CSV.</summary>
internal static class StorageImportFile
{
    private const string JsonEnding = ".json";
    private const short MaxRead = 2;
    private const short MaxWrite = 1;

    private static readonly string[] Columns = ["collection", "key", "value", "user_id", "permission_read", "permission_write"];

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A byte order mark is part of the first column's name, as on the reference server.
    private static readonly UTF8Encoding CsvEncoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Reads the objects.</summary>
    /// <exception cref="Errors.ApiException">The file is broken; the text names the place.</exception>
    public static IAsyncEnumerable<StorageWrite> ReadAsync(Stream file, string name, CancellationToken cancellationToken) =>
        name.EndsWith(JsonEnding, StringComparison.OrdinalIgnoreCase) ? ReadJsonAsync(file, cancellationToken) : ReadCsvAsync(file, cancellationToken);

    private static async IAsyncEnumerable<StorageWrite> ReadJsonAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = 0L;
        await foreach (var element in new JsonObjectReader(file).ReadAsync(cancellationToken))
            yield return OfJson(element, string.Create(CultureInfo.InvariantCulture, $"object #{index++}"));
    }

    private static StorageWrite OfJson(JsonElement element, string place)
    {
        try
        {
            return ReadJson(element, place);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or JsonException)
        {
            // A text is not valid UTF-8, or has half of a surrogate pair.
            throw StorageImportErrors.Json(place);
        }
    }

    private static StorageWrite ReadJson(JsonElement element, string place)
    {
        var isObject = element.ValueKind == JsonValueKind.Object;
        if (!isObject && element.ValueKind != JsonValueKind.Null) throw StorageImportErrors.Json(place);
        var (collection, key, user) = (Text("collection"), Text("key"), Text("user_id"));
        var (read, write) = (Permission("permission_read"), Permission("permission_write"));
        if (!UuidText.TryParse(user, out var userId)) throw StorageImportErrors.UserId(place);
        if (collection.Length == 0 || key.Length == 0) throw StorageImportErrors.Names(place);
        if (!isObject || !element.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Object) throw StorageImportErrors.NotAnObject;
        if (read is < 0 or > MaxRead) throw StorageImportErrors.Permission("Read", place, "0, 1 or 2");
        if (write is < 0 or > MaxWrite) throw StorageImportErrors.Permission("Write", place, "0 or 1");
        if (!Utf8.IsValid(JsonMarshal.GetRawUtf8Value(value))) throw StorageImportErrors.Json(place);
        var text = JsonSerializer.Serialize(value, Compact);
        if (!JsonbText.IsObject(text)) throw StorageImportErrors.Value(place);
        return new StorageWrite(new StorageId(collection, key, userId), text, "", (short)read, (short)write);

        string Text(string name) => !isObject || !element.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null ? ""
            : member.ValueKind == JsonValueKind.String ? member.GetString()!
            : throw StorageImportErrors.Json(place);

        int Permission(string name) => !isObject || !element.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null ? 0
            : member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) ? number
            : throw StorageImportErrors.Json(place);
    }

    private static async IAsyncEnumerable<StorageWrite> ReadCsvAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(file, CsvEncoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        int[]? places = null;
        var row = 0L;
        await foreach (var fields in new CsvReader(text).ReadAsync(cancellationToken))
        {
            if (places is null) places = Array.ConvertAll(Columns, column => Array.LastIndexOf(fields, column) is >= 0 and var place ? place : throw StorageImportErrors.Column(column));
            else yield return OfCsv(Array.ConvertAll(places, place => fields[place]), ++row);
        }
    }

    /// <param name="fields">In the order of the columns.</param>
    /// <param name="row">The number of the row, without the header.</param>
    private static StorageWrite OfCsv(string[] fields, long row)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"row #{row}");
        var (collection, key, value) = (fields[0], fields[1], fields[2]);
        if (!UuidText.TryParse(fields[3], out var userId)) throw StorageImportErrors.UserId(place);
        if (collection.Length == 0 || key.Length == 0 || value.Length == 0) throw StorageImportErrors.Names(place);
        if (Number(fields[4]) is not (>= 0 and <= MaxRead and var read)) throw StorageImportErrors.Permission("read", place, "0, 1 or 2");
        if (Number(fields[5]) is not (>= 0 and <= MaxWrite and var write)) throw StorageImportErrors.Permission("write", place, "0 or 1");
        if (!JsonbText.IsObject(value)) throw StorageImportErrors.Value(place);
        return new StorageWrite(new StorageId(collection, key, userId), value, "", read, write);
    }

    private static short Number(string text) => short.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (short)-1;
}
