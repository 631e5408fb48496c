using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Sessions;

/// <summary>
/// One outgoing message, shared by all its receivers. It is encoded when the first receiver of a format is met; the
/// envelope must not change after the payload is made.
/// </summary>
public sealed class SharedPayload(Envelope envelope)
{
    private readonly ReadOnlyMemory<byte>[] _encoded = new ReadOnlyMemory<byte>[4];
    private readonly Lock _gate = new();

    public Envelope Envelope { get; } = envelope;

    /// <summary>The bytes for one format, framed and ready for the socket.</summary>
    public ReadOnlyMemory<byte> Encode(SessionFormat format, Func<Envelope, ReadOnlyMemory<byte>> encoder)
    {
        lock (_gate)
        {
            ref var bytes = ref _encoded[(int)format];
            if (bytes.IsEmpty) bytes = encoder(Envelope);
            return bytes;
        }
    }
}
