using System.Buffers;

namespace Nakama.Lua.Library;

/// <content>Pattern matching.</content>
internal static partial class StringLibrary
{
    private static readonly SearchValues<byte> Specials = SearchValues.Create("^$*+?.([%-)"u8);

    private static int Find(LuaCall call)
    {
        var text = call.CheckString(1);
        var pattern = call.CheckString(2);
        // The dialect finds an empty pattern at position one, whatever the start position.
        if (pattern.Length == 0) return call.Return(1, 0);
        var start = Start(call, text.Length);
        if (start > text.Length) return call.Return(default);
        if (call[4].IsTruthy || !HasSpecials(pattern.Span))
        {
            call.Charge((text.Length - start) >> 5);
            var found = text.Span[start..].IndexOf(pattern.Span);
            return found < 0 ? call.Return(default) : call.Return(start + found + 1, start + found + pattern.Length);
        }
        return Search(call, text, pattern, start, withPlace: true);
    }

    private static int Match(LuaCall call)
    {
        var text = call.CheckString(1);
        var pattern = call.CheckString(2);
        var start = Start(call, text.Length);
        return start > text.Length ? 0 : Search(call, text, pattern, start, withPlace: false);
    }

    private static int Start(LuaCall call, int length) =>
        (int)Math.Clamp(Position(call.OptionalNumber(3, 1), length) - 1, 0, int.MaxValue);

    private static bool HasSpecials(ReadOnlySpan<byte> pattern) => pattern.ContainsAny(Specials);

    private static int Search(LuaCall call, LuaString text, LuaString pattern, int start, bool withPlace)
    {
        var matcher = new LuaPattern(call, text.Span, pattern.Span);
        for (var at = start; at <= text.Length; at++)
        {
            var end = matcher.MatchAt(at);
            if (end >= 0)
            {
                matcher.Finish();
                if (!withPlace) return PushCaptures(call, ref matcher, at, end, Math.Max(1, matcher.CaptureCount));
                call.Push(at + 1);
                call.Push(end);
                return 2 + PushCaptures(call, ref matcher, at, end, matcher.CaptureCount);
            }
            if (matcher.IsAnchored) break;
        }
        matcher.Finish();
        // A failed match returns no value, a failed find returns nil.
        return withPlace ? call.Return(default) : 0;
    }

    private static int PushCaptures(LuaCall call, ref LuaPattern matcher, int start, int end, int count)
    {
        for (var index = 0; index < count; index++) call.Push(matcher.Capture(index, start, end));
        return count;
    }

    private static int GlobalMatch(LuaCall call)
    {
        var text = call.CheckString(1);
        var pattern = call.CheckString(2);
        _ = new LuaPattern(call, text.Span, pattern.Span);
        var next = 0;
        return call.Return(new LuaNativeFunction("gmatch_iterator", Step));

        int Step(LuaCall inner)
        {
            var matcher = new LuaPattern(inner, text.Span, pattern.Span);
            for (var at = next; at <= text.Length; at++)
            {
                if (matcher.IsAnchored && at > 0) break;
                var end = matcher.MatchAt(at);
                if (end < 0) continue;
                matcher.Finish();
                next = end == at ? end + 1 : end;
                return PushCaptures(inner, ref matcher, at, end, Math.Max(1, matcher.CaptureCount));
            }
            matcher.Finish();
            next = int.MaxValue;
            return inner.Return(default);
        }
    }

    private static int Substitute(LuaCall call)
    {
        var text = call.CheckString(1);
        var pattern = call.CheckString(2);
        var replacement = call[3];
        if (replacement.Kind is not (LuaKind.String or LuaKind.Table or LuaKind.Function)) throw call.TypeError(3, "string or table or function");
        var most = call.OptionalNumber(4, -1);
        if (most < 0) most = double.PositiveInfinity;
        scoped var matcher = new LuaPattern(call, text.Span, pattern.Span);
        var buffer = new LuaBuffer(call, stackalloc byte[512]);
        try
        {
            var at = 0;
            var count = 0;
            while (count + 1 <= most)
            {
                var end = matcher.MatchAt(at);
                if (end >= 0)
                {
                    count++;
                    Replace(call, ref buffer, ref matcher, text, at, end, replacement);
                }
                if (end > at) at = end;
                else if (at < text.Length) buffer.Add(text.Span[at++]);
                else break;
                if (matcher.IsAnchored) break;
            }
            matcher.Finish();
            buffer.Add(text.Span[Math.Min(at, text.Length)..]);
            return call.Return(count == 0 ? text : buffer.Take(), count);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static void Replace(LuaCall call, ref LuaBuffer buffer, ref LuaPattern matcher, LuaString text, int start, int end, in LuaValue replacement)
    {
        LuaValue value;
        switch (replacement.Reference)
        {
            case LuaString template:
                Expand(ref buffer, ref matcher, template.Span, text.Span, start, end);
                return;
            case LuaTable table:
                value = call.Machine.Index(call.Thread, table, matcher.Capture(0, start, end));
                break;
            default:
                var top = call.Thread.Top;
                var count = Math.Max(1, matcher.CaptureCount);
                var arguments = new LuaArguments(count);
                for (var index = 0; index < count; index++) arguments.Span[index] = matcher.Capture(index, start, end);
                value = call.Call((LuaFunction)replacement.Reference!, arguments.Span)[0];
                call.Thread.Top = top;
                break;
        }
        if (!value.IsTruthy) buffer.Add(text.Span[start..end]);
        else if (value.AsString is { } other) buffer.Add(other.Span);
        else if (value.IsNumber) buffer.Add(LuaNumber.Format(value.Double).Span);
    }

    private static void Expand(ref LuaBuffer buffer, ref LuaPattern matcher, ReadOnlySpan<byte> template, ReadOnlySpan<byte> text, int start, int end)
    {
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] != '%' || at + 1 == template.Length)
            {
                buffer.Add(template[at]);
                continue;
            }
            at++;
            if (template[at] == '0')
            {
                buffer.Add(text[start..end]);
            }
            else if (template[at] is > (byte)'0' and <= (byte)'9')
            {
                var capture = matcher.Capture(template[at] - '1', start, end);
                buffer.Add((capture.AsString ?? LuaNumber.Format(capture.Double)).Span);
            }
            else
            {
                if (template[at] != '%') buffer.Add((byte)'%');
                buffer.Add(template[at]);
            }
        }
    }
}
