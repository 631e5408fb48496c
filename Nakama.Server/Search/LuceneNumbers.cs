using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Nakama.Server.Search;

/// <summary>
/// The numbers of the fields of a document that have several values. Encoding per field: length of the path, path, count of
/// numbers, numbers.
/// </summary>
internal static class LuceneNumbers
{
    public static byte[] Write(IReadOnlyList<SearchValue> values, IReadOnlyList<string> fields)
    {
        var numbersOf = fields.ToDictionary(static field => field, static _ => new List<long>(), StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (value.Text is null && numbersOf.TryGetValue(value.Field, out var numbers)) numbers.Add(value.Number);
        }

        var bytes = new ArrayBufferWriter<byte>();
        foreach (var (field, numbers) in numbersOf)
        {
            var path = Encoding.UTF8.GetBytes(field);
            WriteInt(bytes, path.Length);
            bytes.Write(path);
            WriteInt(bytes, numbers.Count);
            foreach (var number in numbers)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.GetSpan(sizeof(long)), number);
                bytes.Advance(sizeof(long));
            }
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The count of a field's numbers in the range; null when the field is not stored here.</summary>
    public static int? CountBetween(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> path, long lowest, long highest)
    {
        while (!bytes.IsEmpty)
        {
            var isIt = Take(ref bytes, TakeInt(ref bytes)).SequenceEqual(path);
            var numbers = Take(ref bytes, TakeInt(ref bytes) * sizeof(long));
            if (!isIt) continue;
            var count = 0;
            for (; !numbers.IsEmpty; numbers = numbers[sizeof(long)..])
            {
                if (BinaryPrimitives.ReadInt64LittleEndian(numbers) is var number && number >= lowest && number <= highest) count++;
            }

            return count;
        }

        return null;
    }

    private static void WriteInt(ArrayBufferWriter<byte> bytes, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), value);
        bytes.Advance(sizeof(int));
    }

    private static int TakeInt(ref ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(Take(ref bytes, sizeof(int)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
