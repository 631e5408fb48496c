namespace Nakama.Protocol.Json;

/// <summary>Finds a field by either of its names, without allocating a string.</summary>
internal sealed class NameTable
{
    // No field has a longer name, so a longer one is unknown.
    private const int MaxNameBytes = 128;

    private readonly (byte[] Name, int Index)[]?[] _buckets;
    private readonly int _mask;

    public NameTable(FieldPlan[] fields)
    {
        if (fields.Length > 128) throw new InvalidOperationException("A message has more than 128 fields.");

        _mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(fields.Length * 4, 4)) - 1;
        _buckets = new (byte[], int)[]?[_mask + 1];
        for (var i = 0; i < fields.Length; i++)
        {
            Add(fields[i].ProtoKey, i);
            if (!fields[i].CamelKey.AsSpan().SequenceEqual(fields[i].ProtoKey)) Add(fields[i].CamelKey, i);
        }
    }

    /// <summary>The index of the field with the name of the current property, or -1.</summary>
    public int Find(ref JsonInput input)
    {
        if (!input.IsEscaped) return Find(input.Value);
        if (input.Value.Length > MaxNameBytes * 6) return -1;
        Span<byte> name = stackalloc byte[MaxNameBytes * 6];
        try
        {
            return Find(name[..input.CopyValue(name)]);
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
    }

    public int Find(ReadOnlySpan<byte> name)
    {
        if (_buckets[Hash(name) & _mask] is { } bucket)
        {
            foreach (var (candidate, index) in bucket)
            {
                if (name.SequenceEqual(candidate)) return index;
            }
        }

        return -1;
    }

    private void Add(byte[] name, int index)
    {
        ref var bucket = ref _buckets[Hash(name) & _mask];
        bucket = [.. bucket ?? [], (name, index)];
    }

    private static int Hash(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? 0 : name.Length + (name[0] * 31) + (name[^1] * 7) + (name[name.Length / 2] * 131);
}
