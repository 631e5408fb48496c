using System.Runtime.InteropServices;

namespace Nakama.Tests.Transport.Rudp;

/// <summary>The real ENet library of the system, as far as a client needs it.</summary>
internal static partial class EnetLibrary
{
    private const string Library = "libenet.so.7";

    public const uint ReliableFlag = 1;
    public const uint UnsequencedFlag = 2;
    public const uint UnreliableFragmentFlag = 8;

    public const int NothingHappened = 0;
    public const int Connected = 1;
    public const int Disconnected = 2;
    public const int Received = 3;

    [StructLayout(LayoutKind.Sequential)]
    public struct Address
    {
        /// <summary>In network order.</summary>
        public uint Host;

        public ushort Port;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Happening
    {
        public int Type;
        public nint Peer;
        public byte Channel;
        public uint Value;
        public nint Packet;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Packet
    {
        public nuint ReferenceCount;
        public uint Flags;
        public nint Bytes;
        public nuint Length;
    }

    [LibraryImport(Library, EntryPoint = "enet_initialize")]
    public static partial int Initialize();

    [LibraryImport(Library, EntryPoint = "enet_host_create")]
    public static partial nint CreateHost(nint address, nuint peers, nuint channels, uint incomingBandwidth, uint outgoingBandwidth);

    [LibraryImport(Library, EntryPoint = "enet_host_connect")]
    public static partial nint Connect(nint host, in Address address, nuint channels, uint value);

    [LibraryImport(Library, EntryPoint = "enet_host_service")]
    public static partial int Service(nint host, out Happening happening, uint timeoutMs);

    [LibraryImport(Library, EntryPoint = "enet_host_flush")]
    public static partial void Flush(nint host);

    [LibraryImport(Library, EntryPoint = "enet_packet_create")]
    public static partial nint CreatePacket(byte[] bytes, nuint length, uint flags);

    [LibraryImport(Library, EntryPoint = "enet_packet_destroy")]
    public static partial void DestroyPacket(nint packet);

    [LibraryImport(Library, EntryPoint = "enet_peer_send")]
    public static partial int Send(nint peer, byte channel, nint packet);

    [LibraryImport(Library, EntryPoint = "enet_peer_disconnect_later")]
    public static partial void DisconnectLater(nint peer, uint value);

    [LibraryImport(Library, EntryPoint = "enet_host_destroy")]
    public static partial void DestroyHost(nint host);
}
