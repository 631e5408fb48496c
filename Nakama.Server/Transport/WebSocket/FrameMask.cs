using System.Numerics;
using System.Runtime.InteropServices;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>Unmasks a client's payload.</summary>
internal static class FrameMask
{
    /// <param name="payload">Masked bytes from the start of the payload.</param>
    /// <param name="key">The four key bytes in memory order.</param>
    public static void Remove(Span<byte> payload, uint key)
    {
        if (key == 0) return;
        if (payload.Length >= Vector<byte>.Count)
        {
            var mask = Vector.AsVectorByte(new Vector<uint>(key));
            var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(payload);
            for (var i = 0; i < vectors.Length; i++) vectors[i] ^= mask;
            payload = payload[(vectors.Length * Vector<byte>.Count)..];
        }

        var words = MemoryMarshal.Cast<byte, uint>(payload);
        for (var i = 0; i < words.Length; i++) words[i] ^= key;
        payload = payload[(words.Length * sizeof(uint))..];
        var bytes = MemoryMarshal.AsBytes(new Span<uint>(ref key));
        for (var i = 0; i < payload.Length; i++) payload[i] ^= bytes[i];
    }
}
