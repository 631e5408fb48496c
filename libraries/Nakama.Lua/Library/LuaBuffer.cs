using System.Buffers;

namespace Nakama.Lua.Library;

/// <summary>Builds a string of bytes, first on the stack, then in rented memory; raises an error at the length limit.</summary>
internal ref struct LuaBuffer(LuaCall call, Span<byte> initial)
{
    private readonly LuaCall _call = call;
    private Span<byte> _bytes = initial;
    private byte[]? _rented;

    public int Length { get; private set; }

    public void Add(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    public void Add(scoped ReadOnlySpan<byte> values)
    {
        if (values.Length > _bytes.Length - Length) Grow(values.Length);
        values.CopyTo(_bytes[Length..]);
        Length += values.Length;
    }

    public void Add(byte value, int count)
    {
        if (count <= 0) return;
        if (count > _bytes.Length - Length) Grow(count);
        _bytes.Slice(Length, count).Fill(value);
        Length += count;
    }

    public void Add(string ascii)
    {
        foreach (var letter in ascii) Add((byte)letter);
    }

    /// <summary>Returns the string and releases the buffer.</summary>
    public LuaString Take()
    {
        var text = LuaString.From(_bytes[..Length]);
        Dispose();
        return text;
    }

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    private void Grow(int more)
    {
        _call.Machine.CheckStringLength(_call.Thread, (long)Length + more);
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(Length + more, Math.Min(_bytes.Length, 1 << 29) * 2));
        _bytes[..Length].CopyTo(rented);
        Dispose();
        _rented = rented;
        _bytes = rented;
    }
}
