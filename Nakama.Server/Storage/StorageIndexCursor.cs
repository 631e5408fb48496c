using System.Buffers.Text;
using System.Text.Json;

namespace Nakama.Server.Storage;

/// <summary>The position at which a list of an index continues, and the query it belongs to.</summary>
internal sealed record StorageIndexCursor(string Query, int Limit, IReadOnlyList<string> Order, int Offset)
{
    private const int MaxLength = 128 * 1024;

    /// <exception cref="StorageIndexException">The text is not a valid cursor, or belongs to another list.</exception>
    public static int OffsetOf(string text, string query, int limit, IReadOnlyList<string> order)
    {
        var cursor = Parse(text) ?? throw StorageIndexErrors.InvalidCursor;
        if (cursor.Query != query) throw StorageIndexErrors.QueryMismatch;
        if (cursor.Limit != limit) throw StorageIndexErrors.LimitMismatch;
        if (!cursor.Order.SequenceEqual(order)) throw StorageIndexErrors.OrderMismatch;
        return cursor.Offset;
    }

    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    private static StorageIndexCursor? Parse(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return null;
        try
        {
            var cursor = JsonSerializer.Deserialize<StorageIndexCursor>(Base64Url.DecodeFromChars(text));
            return cursor is { Query: not null, Order: not null, Offset: >= 0 } ? cursor : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
