using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Nakama.Server.Transport.Http;

/// <summary>
/// The input of an HTTP/1.1 connection. Some clients send unescaped UTF-8 in request targets, which the HTTP server
/// refuses; such a request line is passed to it with those bytes escaped. Everything else passes through unchanged.
/// </summary>
/// <remarks>
/// Only the HTTP server knows where a request ends, so the application reports when one has begun and when its body has been
/// read. Until then nothing is interpreted as a request line.
/// </remarks>
internal sealed class RawTargetReader(PipeReader input) : PipeReader
{
    /// <summary>The HTTP server refuses longer request lines anyway.</summary>
    private const int MaxLineBytes = 8192;

    private const int EscapeLength = 3;

    private Phase _phase;
    private ReadOnlySequence<byte> _escaped;
    private SequencePosition _lineEnd;

    private enum Phase
    {
        /// <summary>The next bytes are a request line, or empty lines before it.</summary>
        RequestLine,

        /// <summary>The HTTP server is reading an escaped request line.</summary>
        EscapedLine,

        /// <summary>Headers, a body, or a connection that is no longer HTTP.</summary>
        Rest,
    }

    /// <summary>The head of a request has been read; without a body, the next request follows.</summary>
    public void RequestStarted(bool hasBody) => _phase = hasBody ? Phase.Rest : Phase.RequestLine;

    /// <summary>The body has been read to its end.</summary>
    public void BodyEnded() => _phase = Phase.RequestLine;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_phase == Phase.EscapedLine) return new(Escaped);
        var reading = input.ReadAsync(cancellationToken);
        if (_phase == Phase.Rest) return reading;
        return reading.IsCompletedSuccessfully ? new(Inspect(reading.Result)) : WaitAsync(reading);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_phase == Phase.EscapedLine)
        {
            result = Escaped;
            return true;
        }

        if (!input.TryRead(out result)) return false;
        if (_phase == Phase.RequestLine) result = Inspect(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_phase != Phase.EscapedLine)
        {
            input.AdvanceTo(consumed, examined);
            return;
        }

        // A complete request line is consumed as a whole, or the connection ends.
        _phase = Phase.Rest;
        _escaped = default;
        input.AdvanceTo(_lineEnd);
    }

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => input.CompleteAsync(exception);

    private ReadResult Escaped => new(_escaped, isCanceled: false, isCompleted: false);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> reading) => Inspect(await reading);

    private ReadResult Inspect(in ReadResult result)
    {
        var buffer = result.Buffer;
        var start = buffer.FirstSpan;
        if (start.IsEmpty) return result;
        var end = start.IndexOf((byte)'\n');
        if (end > 0 && start[0] != '\r' && Ascii.IsValid(start[..end]))
        {
            _phase = Phase.Rest;
            return result;
        }

        return InspectSlowly(result);
    }

    /// <summary>For lines in several pieces, incomplete ones, those after empty lines, and those to be escaped.</summary>
    private ReadResult InspectSlowly(in ReadResult result)
    {
        var reader = new SequenceReader<byte>(result.Buffer);
        reader.AdvancePastAny((byte)'\r', (byte)'\n');
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n')) return result;
        _phase = Phase.Rest;
        if (line.Length > MaxLineBytes || TryEscape(line.IsSingleSegment ? line.FirstSpan : line.ToArray()) is not { } escaped) return result;
        _phase = Phase.EscapedLine;
        _escaped = new(escaped);
        _lineEnd = reader.Position;
        return Escaped;
    }

    /// <summary>
    /// The line with its target escaped; null when nothing needs escaping, or when there are non-ASCII bytes outside the target.
    /// </summary>
    private static byte[]? TryEscape(ReadOnlySpan<byte> line)
    {
        if (Ascii.IsValid(line)) return null;
        var start = line.IndexOf((byte)' ') + 1;
        var length = line[start..].IndexOf((byte)' ');
        if (start == 0 || length < 0 || !Ascii.IsValid(line[..start]) || !Ascii.IsValid(line[(start + length)..])) return null;

        var target = line.Slice(start, length);
        var letters = 0;
        foreach (var b in target) letters += b >> 7;
        var escaped = new byte[line.Length + (EscapeLength - 1) * letters + 1];
        line[..start].CopyTo(escaped);
        var at = start;
        foreach (var b in target)
        {
            if (b < 0x80)
            {
                escaped[at++] = b;
                continue;
            }

            escaped[at++] = (byte)'%';
            escaped[at++] = "0123456789ABCDEF"u8[b >> 4];
            escaped[at++] = "0123456789ABCDEF"u8[b & 15];
        }

        line[(start + length)..].CopyTo(escaped.AsSpan(at));
        escaped[^1] = (byte)'\n';
        return escaped;
    }
}
