using System.Runtime.CompilerServices;
using System.Text;

namespace Nakama.Server.ConsoleApi.StorageImport;

/// <summary>
/// Reads the rows of a CSV file one at a time: fields are separated by commas, may be in quotes, and every row has as many as
/// the first. Empty lines are skipped.
/// </summary>
internal sealed class CsvReader(TextReader text)
{
    /// <summary>A row above this is refused.</summary>
    private const int MaxRowChars = 16 << 20;

    private readonly char[] _buffer = new char[16 << 10];
    private readonly StringBuilder _field = new();
    private readonly List<string> _fields = [];
    private int _position;
    private int _length;
    private long _line = 1;

    /// <summary>The rows in order, the header included.</summary>
    /// <exception cref="Errors.ApiException">The text is not CSV, or a row is too long.</exception>
    public async IAsyncEnumerable<string[]> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var width = -1;
        while (await ReadRowAsync(cancellationToken))
        {
            if (_fields is [""]) continue;
            if (width < 0) width = _fields.Count;
            if (_fields.Count != width) throw StorageImportErrors.Csv(_line - 1);
            yield return [.. _fields];
        }
    }

    /// <summary>Reads a row into the fields; false at the end of the file.</summary>
    private async ValueTask<bool> ReadRowAsync(CancellationToken cancellationToken)
    {
        _fields.Clear();
        _field.Clear();
        var (isQuoted, wasQuoted, hasAny, size) = (false, false, false, 0);
        while (await NextAsync(cancellationToken) is var c and >= 0)
        {
            hasAny = true;
            if (++size > MaxRowChars) throw StorageImportErrors.Csv(_line);
            if (c == '\n') _line++;
            switch ((char)c)
            {
                case '"' when isQuoted && Peek(await FillAsync(cancellationToken)) == '"':
                    _position++;
                    _field.Append('"');
                    break;
                case '"' when isQuoted:
                    (isQuoted, wasQuoted) = (false, true);
                    break;
                case var any when isQuoted:
                    _field.Append(any);
                    break;
                case '"' when _field.Length == 0 && !wasQuoted:
                    isQuoted = true;
                    break;
                case '"':
                    throw StorageImportErrors.Csv(_line);
                case ',':
                    EndField(ref wasQuoted);
                    break;
                case '\r' when Peek(await FillAsync(cancellationToken)) is '\n' or '\0':
                    break;
                case '\n':
                    EndField(ref wasQuoted);
                    return true;
                // Text after a closing quote.
                case var _ when wasQuoted:
                    throw StorageImportErrors.Csv(_line);
                case var any:
                    _field.Append(any);
                    break;
            }
        }

        if (isQuoted) throw StorageImportErrors.Csv(_line);
        if (!hasAny) return false;
        EndField(ref wasQuoted);
        // The last row has no end of line, which the others have passed.
        _line++;
        return true;
    }

    private void EndField(ref bool wasQuoted)
    {
        _fields.Add(_field.ToString());
        _field.Clear();
        wasQuoted = false;
    }

    /// <summary>The next character; -1 at the end of the file.</summary>
    private async ValueTask<int> NextAsync(CancellationToken cancellationToken) => await FillAsync(cancellationToken) ? _buffer[_position++] : -1;

    /// <summary>Makes sure that there is a character in the buffer; false at the end of the file.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_position < _length) return true;
        _length = await text.ReadAsync(_buffer.AsMemory(), cancellationToken);
        _position = 0;
        return _length > 0;
    }

    private char Peek(bool hasMore) => hasMore ? _buffer[_position] : '\0';
}
