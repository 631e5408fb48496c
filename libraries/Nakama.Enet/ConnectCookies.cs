using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Nakama.Enet.Protocol;

namespace Nakama.Enet;

/// <summary>
/// Verifies a client's address without reserving a slot for it. A client echoes 32 bits of the verification: its
/// sequence number and its time. Ten of them hold the terms of the connection, and 22 a keyed hash of the address, the
/// slot, its session, the terms and the time. The client's connect id is not echoed, so it is not in the hash.
/// </summary>
internal sealed class ConnectCookies
{
    /// <summary>A cookie is valid in the period in which it was created and in the next.</summary>
    public const long PeriodMs = 5000;

    /// <summary>The largest peer id of a client's own that a cookie can hold.</summary>
    public const int MaxClientPeerId = (1 << ClientBits) - 1;

    private const int ClientBits = 6;
    private const int ChannelBits = 3;
    private const int TermsBits = ClientBits + ChannelBits + 1;
    private const int MaxAddressLength = 28;

    // The defaults of ENet clients.
    private const uint ThrottleInterval = 5000;
    private const uint ThrottleStep = 2;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>The session of the datagrams that are sent to the client of a cookie.</summary>
    public static byte OutgoingSession(uint cookie) => (byte)(cookie >> 30);

    /// <summary>
    /// The largest datagram of a connection with such a client: one of two sizes, since one bit is available to store it.
    /// </summary>
    public static int Mtu(in ConnectOffer offer) => offer.Mtu >= Limits.HostMtu ? Limits.HostMtu : Limits.MinMtu;

    /// <summary>Creates the cookie of an offer; false when its terms do not fit into ten bits.</summary>
    public bool TryMake(in ConnectOffer offer, SocketAddress address, int id, byte session, long nowMs, out uint cookie)
    {
        cookie = 0;
        if (offer.PeerId > MaxClientPeerId) return false;
        var channels = Math.Min(offer.Channels, EnetPeer.MaxChannels);
        var terms = ((uint)offer.PeerId << (ChannelBits + 1)) | ((channels - 1) << 1) | (Mtu(offer) == Limits.HostMtu ? 1u : 0u);
        cookie = Seal(terms, address, id, session, nowMs / PeriodMs);
        return true;
    }

    /// <summary>Decodes the offer from a cookie; false when the cookie is not valid for this address and slot.</summary>
    public bool TryRead(uint cookie, SocketAddress address, int id, byte session, long nowMs, out ConnectOffer offer)
    {
        offer = default;
        var terms = cookie & ((1 << TermsBits) - 1);
        var period = nowMs / PeriodMs;
        // The integers are compared in one step, so the timing reveals nothing.
        if (cookie != Seal(terms, address, id, session, period) && cookie != Seal(terms, address, id, session, period - 1)) return false;
        offer = new ConnectOffer(
            PeerId: (int)(terms >> (ChannelBits + 1)),
            Mtu: (uint)((terms & 1) != 0 ? Limits.HostMtu : Limits.MinMtu),
            Window: Limits.MaxWindow,
            Channels: ((terms >> 1) & ((1 << ChannelBits) - 1)) + 1,
            IncomingBandwidth: 0,
            ThrottleInterval,
            ThrottleAcceleration: ThrottleStep,
            ThrottleDeceleration: ThrottleStep,
            ConnectId: 0);
        return true;
    }

    private uint Seal(uint terms, SocketAddress address, int id, byte session, long period)
    {
        Span<byte> text = stackalloc byte[MaxAddressLength + 13];
        text.Clear();
        address.Buffer.Span[..Math.Min(address.Size, MaxAddressLength)].CopyTo(text);
        var rest = text[MaxAddressLength..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)id);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], (ushort)terms);
        BinaryPrimitives.WriteInt64BigEndian(rest[4..], period);
        rest[12] = session;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, text, hash);
        return (BinaryPrimitives.ReadUInt32BigEndian(hash) << TermsBits) | terms;
    }
}
