using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Nakama.Protocol.Realtime;
using Nakama.Server.Api;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;
using EventQueue = System.Threading.Channels.Channel<Nakama.Server.Sessions.EncodedMessage>;
using Queues = System.Threading.Channels.Channel;

namespace Nakama.Server.Transport.SignalR;

/// <summary>
/// A session over the hub. Events wait in a bounded queue for one writer; when it is full the client is too slow and the
/// session ends. A call ends only after everything that was queued before its answer has been written, so that a client
/// sees the same order as on a socket.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore is never asked for its wait handle, so there is nothing to dispose.")]
[method: SetsRequiredMembers]
internal sealed partial class SignalRSession(
    SessionHost host, in SessionIdentity identity, RealtimePipeline pipeline, SocketOptions options, HubConnectionContext connection, TimeProvider time)
    : Session(host, identity)
{
    private static readonly EncodedMessage EndOfCall = new(new Envelope());

    // One slot more than for events, for the end of the running call.
    private readonly EventQueue _queue =
        Queues.CreateBounded<EncodedMessage>(new System.Threading.Channels.BoundedChannelOptions(options.OutgoingQueueSize + 1) { SingleReader = true });

    // Calls run one after the other anyway, but streamed items arrive concurrently with them.
    private readonly SemaphoreSlim _turn = new(1);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _writing = Task.CompletedTask;
    private TaskCompletionSource<Envelope?>? _call;
    private Envelope? _answer;
    private SessionClose? _reason;
    private Envelope[] _lastWords = [];
    private long _callCount;

    /// <summary>Disposed when the session has ended; null when the connection needs no slot.</summary>
    public IDisposable? Slot { get; init; }

    public override SessionFormat Format => SessionFormat.SignalR;

    /// <summary>Starts the writer; to be called once before the session is opened.</summary>
    public void Start() => _writing = RunAsync();

    /// <summary>
    /// Runs one message and returns its answer; null when it has none, or the session ends meanwhile. The hub makes one call
    /// after the other.
    /// </summary>
    public async Task<Envelope?> CallAsync(Envelope request)
    {
        await _turn.WaitAsync();
        try
        {
            request.Cid = (++_callCount).ToString(CultureInfo.InvariantCulture);
            _answer = null;
            var call = new TaskCompletionSource<Envelope?>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _call, call);
            await pipeline.ProcessAsync(this, request, request.CalculateSize());
            if (!TrySend(EndOfCall)) call.TrySetResult(null);
            return await call.Task;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs one message that has no answer. A refusal is sent as the event <c>Error</c>.</summary>
    public async Task SendAsync(Envelope request)
    {
        await _turn.WaitAsync();
        try
        {
            await pipeline.ProcessAsync(this, request, request.CalculateSize());
        }
        finally
        {
            _turn.Release();
        }
    }

    public override bool TrySend(EncodedMessage payload)
    {
        if (IsClosing) return false;
        if (TryStream(payload) || _queue.Writer.TryWrite(payload)) return true;
        CloseSlowReader();
        return false;
    }

    /// <summary>Called when the connection is gone. Completes when the writer has ended, too.</summary>
    public async Task LostAsync(SessionClose reason)
    {
        Close(reason);
        await _writing;
        Ended(_reason ?? reason);
    }

    protected override void StopSending()
    {
        _queue.Writer.TryComplete();
        while (_queue.Reader.TryRead(out _))
        {
        }
        EndMatchStreams();
        Volatile.Read(ref _call)?.TrySetResult(null);
    }

    protected override void End(SessionClose reason, ReadOnlySpan<Envelope> lastWords)
    {
        _lastWords = lastWords.ToArray();
        _reason = reason;
        // The writer sees that its queue is complete and sends the close notifications.
        _ended.TrySetResult();
    }

    // The sender may hold locks, so the close runs on another thread.
    private void CloseSlowReader() =>
        ThreadPool.UnsafeQueueUserWorkItem(static session => session.Close(SessionClose.QueueFull), this, preferLocal: false);

    /// <summary>
    /// Writes until the session ends; a client that does not accept the close notifications in time is disconnected.
    /// </summary>
    private async Task RunAsync()
    {
        var writing = WriteAsync();
        await _ended.Task;
        try
        {
            await writing.WaitAsync(TimeSpan.FromMilliseconds(options.WriteWaitMs), time);
        }
        catch (TimeoutException)
        {
        }
        connection.Abort();
        await writing;
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                while (_queue.Reader.TryRead(out var payload)) await WriteAsync(payload);
            }
            await _ended.Task;
            await SayGoodbyeAsync();
        }
        catch (Exception e)
        {
            // A message that cannot be written must not be skipped either.
            Close(SessionClose.PeerClosed with { Cause = e.Message });
        }
    }

    private async ValueTask WriteAsync(EncodedMessage payload)
    {
        if (payload == EndOfCall)
        {
            _call!.TrySetResult(_answer);
            return;
        }
        // Only the answer to a call carries a cid; calls run one after the other.
        if (payload.Envelope.Cid.Length > 0)
        {
            _answer = payload.Envelope;
            return;
        }
        if (payload.Envelope.MessageCase != Envelope.MessageOneofCase.None) await connection.WriteAsync(HubEvent.Of(payload));
    }

    private async Task SayGoodbyeAsync()
    {
        foreach (var envelope in _lastWords) await connection.WriteAsync(HubEvent.Of(new EncodedMessage(envelope)));
        if (_reason!.Text.Length > 0) await connection.WriteAsync(new CloseMessage(_reason.Text));
    }
}
