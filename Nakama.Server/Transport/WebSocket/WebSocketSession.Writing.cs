using System.Buffers;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

// One writer: the thread that sets _isSending schedules the session on its send worker, and only that worker, or the write that
// it left unfinished, uses the connection until the queue is empty.
internal sealed partial class WebSocketSession : ISendSource
{
    private static readonly byte[] PingFrame = [0x89, 0];

    private FrameQueue _queue = new(options.OutgoingQueueSize);
    private byte[]? _pong;
    private byte[]? _final;
    private bool _isPingDue;
    private bool _isSending;
    private bool _isStopped;
    private bool _isFinalTaken;
    private bool _isFinalSent;
    private bool _isBroken;
    private TaskCompletionSource? _finalDone;
    private TaskCompletionSource? _room;

    // The other half is reserved for messages that others send to this client meanwhile.
    private int RoomLimit => Math.Max(options.OutgoingQueueSize / 2, 1);

    /// <summary>Nothing remains to be sent or received.</summary>
    private bool IsDone =>
        Volatile.Read(ref _isFinalSent) && (_hasPeerClosed || (_reason is { AwaitsAnswer: false } && !wire.CanHalfClose));

    public override bool TrySend(EncodedMessage payload)
    {
        if (IsClosing) return false;
        var frame = Encode(payload);
        lock (_gate)
        {
            if (_isStopped) return false;
            if (!_queue.TryEnqueue(frame))
            {
                // The sender may hold locks, so the close runs on another thread.
                _isStopped = true;
                ThreadPool.UnsafeQueueUserWorkItem(static session => session.Close(SessionClose.QueueFull), this, preferLocal: false);
                return false;
            }
            if (_isSending) return true;
            _isSending = true;
        }
        _lane.Schedule(this);
        return true;
    }

    // The thread that has just answered reads its own writes; a slightly outdated count of other senders is harmless.
    protected internal override bool HasRoom => _queue.Count < RoomLimit;

    protected internal override ValueTask RoomAsync()
    {
        if (HasRoom) return default;
        lock (_gate)
        {
            if (_isStopped || _queue.Count < RoomLimit) return default;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new(_room.Task);
        }
    }

    void ISendSource.Flush(SendScratch scratch)
    {
        while (true)
        {
            int count;
            lock (_gate)
            {
                count = TakeFrames(scratch.Frames);
                if (count == 0)
                {
                    _isSending = false;
                    return;
                }
            }

            var isDone = Send(scratch, count);
            Array.Clear(scratch.Frames, 0, count);
            if (!isDone) return;
        }
    }

    /// <summary>
    /// The frames to send next; control frames go before messages, the final frames after everything else.
    /// </summary>
    private int TakeFrames(byte[]?[] frames)
    {
        var count = 0;
        if (_isPingDue) frames[count++] = PingFrame;
        if (_pong is not null) frames[count++] = _pong;
        _isPingDue = false;
        _pong = null;
        count += _queue.Dequeue(frames.AsSpan(count));
        if (_room is not null && _queue.Count < RoomLimit) GiveRoom();
        if (count > 0 || _final is null) return count;
        frames[count++] = _final;
        _final = null;
        _isFinalTaken = true;
        return count;
    }

    /// <summary>
    /// Combines small frames and sends them; false when the connection cannot take all of it now, or has failed.
    /// </summary>
    private bool Send(SendScratch scratch, int count)
    {
        var frames = scratch.Frames.AsSpan(0, count);
        var room = scratch.Bytes;
        try
        {
            while (!frames.IsEmpty)
            {
                ReadOnlySpan<byte> chunk = frames[0];
                var taken = 1;
                if (frames.Length > 1 && chunk.Length < room.Length / 2)
                {
                    var length = 0;
                    for (taken = 0; taken < frames.Length && frames[taken]!.Length <= room.Length - length; taken++)
                    {
                        frames[taken].CopyTo(room.AsSpan(length));
                        length += frames[taken]!.Length;
                    }
                    chunk = room.AsSpan(0, length);
                }

                frames = frames[taken..];
                var sent = wire.TrySend(chunk);
                metrics.MessagesSent(chunk.Length);
                if (sent == chunk.Length) continue;
                SendRest(chunk[sent..], frames);
                return false;
            }
        }
        catch (Exception e)
        {
            // Whatever the cause, nothing more can be sent, and the send worker must continue with other sessions.
            OnSendFailed(e);
            return false;
        }

        OnSent();
        return true;
    }

    /// <summary>Waits for the connection with a copy of the rest; the send worker continues with other sessions.</summary>
    private void SendRest(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte[]?> frames)
    {
        var length = chunk.Length;
        foreach (var frame in frames) length += frame!.Length;
        var rest = ArrayPool<byte>.Shared.Rent(length);
        chunk.CopyTo(rest);
        var position = chunk.Length;
        foreach (var frame in frames)
        {
            frame.CopyTo(rest.AsSpan(position));
            position += frame!.Length;
        }

        if (length > chunk.Length) metrics.MessagesSent(length - chunk.Length);
        _ = SendRestAsync(rest, length);
    }

    private async Task SendRestAsync(byte[] rest, int length)
    {
        SetWriteDeadline();
        try
        {
            await wire.SendAsync(rest.AsMemory(0, length));
            ClearWriteDeadline();
            OnSent();
        }
        catch (Exception e)
        {
            ClearWriteDeadline();
            OnSendFailed(e);
            return;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
        _lane.Schedule(this);
    }

    /// <summary>Resumes the messages that wait for room. Called within the gate.</summary>
    private void GiveRoom()
    {
        _room?.SetResult();
        _room = null;
    }

    private void SendPong(ReadOnlySpan<byte> payload)
    {
        // Only the latest unanswered ping needs an answer, so a flood of pings takes no more than one slot.
        var pong = new byte[2 + payload.Length];
        pong[0] = 0x8A;
        pong[1] = (byte)payload.Length;
        payload.CopyTo(pong.AsSpan(2));
        lock (_gate)
        {
            if (_isStopped) return;
            _pong = pong;
            if (_isSending) return;
            _isSending = true;
        }
        _lane.Schedule(this);
    }

    private void SendPing()
    {
        lock (_gate)
        {
            if (_isStopped) return;
            _isPingDue = true;
            if (_isSending) return;
            _isSending = true;
        }
        _lane.Schedule(this);
    }

    private void SendFinal(byte[] final)
    {
        lock (_gate)
        {
            if (_isBroken) return;
            _final = final;
            _finalDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            SetEndDeadline();
            if (_isSending) return;
            _isSending = true;
        }
        _lane.Schedule(this);
    }

    /// <summary>Completes when the final frames have been sent, or can no longer be sent.</summary>
    private Task FinalDoneAsync()
    {
        lock (_gate) return _finalDone?.Task ?? Task.CompletedTask;
    }

    private void OnSent()
    {
        // The final frames are taken only when nothing else waits, so this write contained them.
        if (!_isFinalTaken || _isFinalSent) return;
        lock (_gate) _isFinalSent = true;
        if (_hasPeerClosed || _reason is { AwaitsAnswer: false }) wire.FinishSending();
        _finalDone!.TrySetResult();
    }

    private void FinishWhenAnswered()
    {
        lock (_gate)
        {
            if (!_isFinalSent) return;
        }
        wire.FinishSending();
    }

    private void OnSendFailed(Exception cause)
    {
        lock (_gate)
        {
            // _isSending stays set, so that this connection is not written to again.
            _isBroken = true;
            _finalDone?.TrySetResult();
        }
        ThreadPool.UnsafeQueueUserWorkItem(
            static state => state.Session.Fail(state.Message), (Session: this, cause.Message), preferLocal: false);
    }

    private void Fail(string cause)
    {
        Close(SessionClose.PeerClosed with { Cause = cause });
        wire.Abort();
    }
}
