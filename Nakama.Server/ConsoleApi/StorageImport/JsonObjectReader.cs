using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Nakama.Server.ConsoleApi.StorageImport;

/// <summary>Reads the elements of a JSON array from a stream, one at a time. A null instead of the array counts as empty.</summary>
internal sealed class JsonObjectReader(Stream file)
{
    /// <summary>An element above this is refused.</summary>
    private const int MaxElementBytes = 16 << 20;

    private const int FirstBufferBytes = 64 << 10;
    private const int MaxDepth = 100;

    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;
    private bool _isComplete;
    private bool _hasBegun;
    private bool _hasEnded;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>Lines that are no longer in the buffer.</summary>
    private long _pastLines;

    /// <summary>The elements in order; each is valid until the next is read.</summary>
    /// <exception cref="Errors.ApiException">The text is not an array, not JSON, or an element is too large.</exception>
    public async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!_hasEnded)
        {
            if (!TryRead(out var element)) await FillAsync(cancellationToken);
            if (element is null) continue;
            using (element) yield return element.RootElement;
        }
    }

    /// <summary>Takes the next token or element; false when more bytes are needed.</summary>
    private bool TryRead(out JsonDocument? element)
    {
        element = null;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isComplete, _state);
        try
        {
            if (!reader.Read())
            {
                if (!_isComplete) return false;
                _hasEnded = _hasBegun ? true : throw Broken();
                return true;
            }

            if (!_hasBegun) _hasBegun = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.Null ? true : throw Broken();
            else if (reader.TokenType != JsonTokenType.EndArray && !JsonDocument.TryParseValue(ref reader, out element)) return false;
        }
        catch (JsonException e)
        {
            throw StorageImportErrors.Json((e.LineNumber ?? 0) + 1);
        }

        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _pastLines += _buffer.AsSpan(0, _start).Count((byte)'\n');
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            if (_end >= MaxElementBytes) throw Broken();
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await file.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _isComplete = read == 0;
    }

    private Errors.ApiException Broken() => StorageImportErrors.Json(_pastLines + _buffer.AsSpan(0, _start).Count((byte)'\n') + 1);
}
