using System.Buffers;

namespace Nakama.Enet.Protocol;

/// <summary>A message in memory from the pool. Its last owner returns it.</summary>
internal readonly struct RentedMessage(byte[] bytes, int length)
{
    public int Length => length;

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, length);

    /// <summary>The buffer of the message, to be filled by its owner.</summary>
    public Span<byte> Room => bytes.AsSpan(0, length);

    public static RentedMessage Of(ReadOnlySpan<byte> payload)
    {
        var message = new RentedMessage(ArrayPool<byte>.Shared.Rent(Math.Max(payload.Length, 1)), payload.Length);
        payload.CopyTo(message.Room);
        return message;
    }

    /// <summary>A cleared buffer, since fragments may leave gaps.</summary>
    public static RentedMessage Blank(int length)
    {
        var message = new RentedMessage(ArrayPool<byte>.Shared.Rent(Math.Max(length, 1)), length);
        message.Room.Clear();
        return message;
    }

    public void Return() => ArrayPool<byte>.Shared.Return(bytes);
}
