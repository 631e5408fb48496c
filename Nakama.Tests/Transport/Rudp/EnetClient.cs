using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Tests.TestHost;
using Queues = System.Threading.Channels.Channel;

namespace Nakama.Tests.Transport.Rudp;

/// <summary>
/// A game that talks to a node with the real ENet library. The library is not made for several threads, so one thread
/// does all that is asked of it.
/// </summary>
internal sealed class EnetClient : IAsyncDisposable
{
    private static readonly Lazy<int> Ready = new(EnetLibrary.Initialize);

    private readonly ConcurrentQueue<Action> _wishes = new();
    private readonly Channel<byte[]> _received = Queues.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<uint> _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly nint _host;
    private readonly nint _peer;
    private readonly Task _running;
    private volatile bool _isDone;

    private EnetClient(int port, int channels, uint incomingBandwidth)
    {
        if (Ready.Value != 0) throw new InvalidOperationException("The ENet library does not start.");
        _host = EnetLibrary.CreateHost(0, 1, (nuint)channels, incomingBandwidth, 0);
        // 127.0.0.1 in network order.
        var address = new EnetLibrary.Address { Host = 0x0100007F, Port = (ushort)port };
        _peer = EnetLibrary.Connect(_host, address, (nuint)channels, 0);
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What the server said when it ended the connection; 0 also when the connection was lost.</summary>
    public Task<uint> Disconnected => _disconnected.Task.WaitAsync(TestSocket.Patience);

    public static async Task<EnetClient> ConnectAsync(int port, int channels = 2, uint incomingBandwidth = 0)
    {
        var client = new EnetClient(port, channels, incomingBandwidth);
        var first = await Task.WhenAny(client._connected.Task, client._disconnected.Task).WaitAsync(TestSocket.Patience);
        if (first == client._disconnected.Task) throw new InvalidOperationException($"The server refused with {await client._disconnected.Task}.");
        return client;
    }

    /// <summary>A client whose user is signed in.</summary>
    public static async Task<EnetClient> OpenAsync(int port, TestPlayer player, string extra = "", int channels = 2)
    {
        var client = await ConnectAsync(port, channels);
        client.Send(System.Text.Encoding.UTF8.GetBytes($"token={player.Token}{extra}"));
        return client;
    }

    public void Send(byte[] message, byte channel = 0, uint flags = EnetLibrary.ReliableFlag) => _wishes.Enqueue(() =>
    {
        var packet = EnetLibrary.CreatePacket(message, (nuint)message.Length, flags);
        if (EnetLibrary.Send(_peer, channel, packet) != 0) EnetLibrary.DestroyPacket(packet);
    });

    public void Send(Envelope envelope, byte channel = 0, uint flags = EnetLibrary.ReliableFlag) => Send(envelope.ToByteArray(), channel, flags);

    public void Leave() => _wishes.Enqueue(() => EnetLibrary.DisconnectLater(_peer, 0));

    /// <summary>Falls silent as a machine does that loses its power.</summary>
    public void Vanish() => _isDone = true;

    public async Task<Envelope> ReceiveAsync()
    {
        using var timeout = new CancellationTokenSource(TestSocket.Patience);
        return Envelope.Parser.ParseFrom(await _received.Reader.ReadAsync(timeout.Token));
    }

    /// <summary>The answer to a request, past everything that comes before it.</summary>
    public async Task<Envelope> AskAsync(Envelope request)
    {
        request.Cid = Unique.Name();
        Send(request);
        while (true)
        {
            var answer = await ReceiveAsync();
            if (answer.Cid == request.Cid) return answer;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isDone = true;
        await _running;
        EnetLibrary.DestroyHost(_host);
    }

    private void Run()
    {
        while (!_isDone)
        {
            while (_wishes.TryDequeue(out var wish)) wish();
            if (EnetLibrary.Service(_host, out var happening, 1) > 0) OnHappening(happening);
        }
    }

    private void OnHappening(in EnetLibrary.Happening happening)
    {
        switch (happening.Type)
        {
            case EnetLibrary.Connected:
                _connected.TrySetResult();
                break;
            case EnetLibrary.Disconnected:
                _disconnected.TrySetResult(happening.Value);
                break;
            case EnetLibrary.Received:
                var packet = Marshal.PtrToStructure<EnetLibrary.Packet>(happening.Packet);
                var bytes = new byte[(int)packet.Length];
                Marshal.Copy(packet.Bytes, bytes, 0, bytes.Length);
                EnetLibrary.DestroyPacket(happening.Packet);
                _received.Writer.TryWrite(bytes);
                break;
        }
    }
}
