using System.Runtime.CompilerServices;

namespace Nakama.Lua.Library;

/// <summary>
/// Matches a text against a pattern. Steps are charged to the script. After many steps, failed positions are memoized, which
/// bounds the worst case by the product of both lengths.
/// </summary>
internal ref struct LuaPattern
{
    private const int MostCaptures = 250;
    private const int MostDepth = 1000;
    private const int Open = -1;
    private const int PositionOnly = -2;
    private const int StepsBeforeMemory = 20_000;
    private const long MostMemory = 1L << 28;

    private readonly LuaCall _call;
    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<byte> _pattern;
    private readonly bool _hasReferences;
    private Captured[]? _captures;
    private ulong[]? _failed;
    private int _depth;
    private int _steps;

    public LuaPattern(LuaCall call, ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern)
    {
        _call = call;
        _text = text;
        IsAnchored = pattern.Length > 0 && pattern[0] == '^';
        _pattern = IsAnchored ? pattern[1..] : pattern;
        _hasReferences = Check(call, _pattern);
    }

    public readonly bool IsAnchored { get; }

    public int CaptureCount { get; private set; }

    /// <summary>The end of a match that starts here, or -1.</summary>
    public int MatchAt(int start)
    {
        CaptureCount = 0;
        _depth = 0;
        return Match(start, 0);
    }

    /// <summary>The capture with this index; the whole match when the pattern has no captures.</summary>
    public readonly LuaValue Capture(int index, int start, int end)
    {
        if (index >= CaptureCount)
        {
            if (index != 0) throw _call.Error("invalid capture index");
            return new LuaValue(LuaString.From(_text[start..end]));
        }
        var capture = _captures![index];
        if (capture.Length == Open) throw _call.Error("unfinished capture");
        return capture.Length == PositionOnly
            ? new LuaValue(capture.Start + 1.0)
            : new LuaValue(LuaString.From(_text.Slice(capture.Start, capture.Length)));
    }

    /// <summary>Charges the remaining steps.</summary>
    public void Finish()
    {
        _call.Charge(_steps & 1023);
        _steps = 0;
    }

    /// <summary>Raises the errors that the dialect reports before matching. True when the pattern has back-references.</summary>
    private static bool Check(LuaCall call, ReadOnlySpan<byte> pattern)
    {
        var (open, closed, hasReferences) = (0, 0, false);
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case (byte)'(':
                    open++;
                    break;
                case (byte)')':
                    if (open == 0) throw call.Error("invalid ')' at 0");
                    open--;
                    closed++;
                    break;
                case (byte)'[':
                    at = EndOfSet(pattern, at) - 1;
                    if (at < 0) throw call.Error($"unexpected EOS at {pattern.Length - 1}");
                    break;
                case (byte)'%' when ++at < pattern.Length:
                    // The two characters after %b are literal.
                    if (pattern[at] == 'b')
                    {
                        at += 2;
                        break;
                    }
                    if (pattern[at] is < (byte)'0' or > (byte)'9') break;
                    hasReferences = true;
                    if (pattern[at] - '0' > closed || pattern[at] == '0') throw call.Error("invalid capture index");
                    break;
            }
        }
        return open == 0 ? hasReferences : throw call.Error("unfinished capture at EOS");
    }

    /// <summary>The position after a set, or -1 when it is not closed.</summary>
    private static int EndOfSet(ReadOnlySpan<byte> pattern, int at)
    {
        at++;
        if (at < pattern.Length && pattern[at] == '^') at++;
        var first = at;
        while (at < pattern.Length && (pattern[at] != ']' || at == first)) at += pattern[at] == '%' ? 2 : 1;
        return at < pattern.Length ? at + 1 : -1;
    }

    private void Step()
    {
        if ((++_steps & 1023) == 0) _call.Charge(1024);
        if (_steps == StepsBeforeMemory && !_hasReferences && (_text.Length + 1L) * (_pattern.Length + 1) <= MostMemory)
        {
            _failed = new ulong[((_text.Length + 1L) * (_pattern.Length + 1) / 64) + 1];
        }
    }

    private int Match(int at, int item)
    {
        Step();
        var place = ((long)at * (_pattern.Length + 1)) + item;
        if (_failed is { } failed && (failed[place >> 6] & (1UL << (int)place)) != 0) return -1;
        if (++_depth > MostDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw _call.Error("pattern too complex");
        var end = MatchItems(at, item);
        _depth--;
        if (end < 0 && _failed is { } memory) memory[place >> 6] |= 1UL << (int)place;
        return end;
    }

    private int MatchItems(int at, int item)
    {
        while (item < _pattern.Length)
        {
            switch (_pattern[item])
            {
                case (byte)'(':
                    return item + 1 < _pattern.Length && _pattern[item + 1] == ')'
                        ? StartCapture(at, item + 2, PositionOnly)
                        : StartCapture(at, item + 1, Open);
                case (byte)')': return EndCapture(at, item + 1);
                case (byte)'$' when item == _pattern.Length - 1: return at == _text.Length ? at : -1;
                case (byte)'%' when item + 1 >= _pattern.Length: return -1;
                case (byte)'%' when _pattern[item + 1] == 'b':
                    if (item + 3 >= _pattern.Length) return -1;
                    at = MatchBalance(at, _pattern[item + 2], _pattern[item + 3]);
                    if (at < 0) return -1;
                    item += 4;
                    continue;
                case (byte)'%' when _pattern[item + 1] == 'f':
                    if (item + 2 >= _pattern.Length || _pattern[item + 2] != '[') return -1;
                    var afterSet = EndOfSet(_pattern, item + 2);
                    var before = at == 0 ? (byte)0 : _text[at - 1];
                    var after = at < _text.Length ? _text[at] : (byte)0;
                    if (IsInSet(before, item + 2, afterSet - 1) || !IsInSet(after, item + 2, afterSet - 1)) return -1;
                    item = afterSet;
                    continue;
                case (byte)'%' when _pattern[item + 1] is >= (byte)'0' and <= (byte)'9':
                    at = MatchReference(at, _pattern[item + 1] - '1');
                    if (at < 0) return -1;
                    item += 2;
                    continue;
            }
            var next = EndOfItem(item);
            switch (next < _pattern.Length ? _pattern[next] : 0)
            {
                case '?':
                    if (IsSingle(at, item, next) && Match(at + 1, next + 1) is >= 0 and var end) return end;
                    item = next + 1;
                    continue;
                case '*': return MatchMost(at, item, next, 0);
                case '+': return MatchMost(at, item, next, 1);
                case '-': return MatchLeast(at, item, next);
                default:
                    if (!IsSingle(at, item, next)) return -1;
                    Step();
                    at++;
                    item = next;
                    continue;
            }
        }
        return at;
    }

    private readonly int EndOfItem(int item) => _pattern[item] switch
    {
        (byte)'%' => item + 2,
        (byte)'[' => EndOfSet(_pattern, item),
        _ => item + 1,
    };

    private int MatchMost(int at, int item, int next, int least)
    {
        var count = 0;
        while (IsSingle(at + count, item, next))
        {
            count++;
            Step();
        }
        for (; count >= least; count--)
        {
            var end = Match(at + count, next + 1);
            if (end >= 0) return end;
        }
        return -1;
    }

    private int MatchLeast(int at, int item, int next)
    {
        while (true)
        {
            var end = Match(at, next + 1);
            if (end >= 0) return end;
            if (!IsSingle(at, item, next)) return -1;
            at++;
        }
    }

    private int StartCapture(int at, int item, int length)
    {
        if (CaptureCount >= MostCaptures) throw _call.Error("too many captures");
        _captures ??= new Captured[4];
        if (CaptureCount == _captures.Length) Array.Resize(ref _captures, CaptureCount * 2);
        _captures[CaptureCount++] = new Captured(at, length);
        var end = Match(at, item);
        if (end < 0) CaptureCount--;
        return end;
    }

    private int EndCapture(int at, int item)
    {
        var index = CaptureCount - 1;
        while (index >= 0 && _captures![index].Length != Open) index--;
        if (index < 0) return -1;
        _captures![index] = new Captured(_captures[index].Start, at - _captures[index].Start);
        var end = Match(at, item);
        if (end < 0) _captures[index] = new Captured(_captures[index].Start, Open);
        return end;
    }

    private readonly int MatchReference(int at, int index)
    {
        if (index >= CaptureCount || _captures![index].Length < 0) throw _call.Error("invalid capture index");
        var captured = _text.Slice(_captures[index].Start, _captures[index].Length);
        return _text[at..].StartsWith(captured) ? at + captured.Length : -1;
    }

    private int MatchBalance(int at, byte open, byte close)
    {
        if (at >= _text.Length || _text[at] != open) return -1;
        var level = 1;
        for (var next = at + 1; next < _text.Length; next++)
        {
            Step();
            if (_text[next] == close)
            {
                if (--level == 0) return next + 1;
            }
            else if (_text[next] == open)
            {
                level++;
            }
        }
        return -1;
    }

    private readonly bool IsSingle(int at, int item, int next)
    {
        if (at >= _text.Length) return false;
        var letter = _text[at];
        return _pattern[item] switch
        {
            (byte)'.' => true,
            (byte)'%' => item + 1 < _pattern.Length && LuaCharacters.IsOf(letter, _pattern[item + 1]),
            (byte)'[' => IsInSet(letter, item, next - 1),
            var plain => plain == letter,
        };
    }

    /// <summary>Whether a character is in a set.</summary>
    private readonly bool IsInSet(byte letter, int item, int last)
    {
        var isIn = true;
        if (_pattern[item + 1] == '^')
        {
            isIn = false;
            item++;
        }
        while (++item < last)
        {
            if (_pattern[item] == '%')
            {
                item++;
                if (LuaCharacters.IsOf(letter, _pattern[item])) return isIn;
            }
            else if (_pattern[item + 1] == '-' && item + 2 < last)
            {
                item += 2;
                if (_pattern[item - 2] <= letter && letter <= _pattern[item]) return isIn;
            }
            else if (_pattern[item] == letter)
            {
                return isIn;
            }
        }
        return !isIn;
    }

    private readonly record struct Captured(int Start, int Length);
}
