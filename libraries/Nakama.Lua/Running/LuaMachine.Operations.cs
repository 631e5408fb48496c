using System.Runtime.CompilerServices;
using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <content>Operations with metamethods.</content>
public sealed partial class LuaMachine
{
    private const int MostIndirections = 100;

    /// <summary>The metatable of a value; types other than table and userdata have one shared metatable.</summary>
    internal LuaTable? MetatableOf(in LuaValue value) => value.Reference switch
    {
        LuaTable table => table.Metatable,
        LuaUserData data => data.Metatable,
        _ => _typeMetatables[(int)value.Kind],
    };

    internal void SetMetatable(in LuaValue value, LuaTable? metatable)
    {
        switch (value.Reference)
        {
            case LuaTable table: table.Metatable = metatable; break;
            case LuaUserData data: data.Metatable = metatable; break;
            default: _typeMetatables[(int)value.Kind] = metatable; break;
        }
    }

    internal LuaValue MetaOf(in LuaValue value, LuaMeta meta) => MetatableOf(value)?.GetMeta(meta) ?? default;

    internal LuaValue Index(LuaCoroutine thread, LuaValue target, in LuaValue key)
    {
        for (var count = 0; count < MostIndirections; count++)
        {
            LuaValue handler;
            if (target.Reference is LuaTable table)
            {
                var value = table.Get(key);
                if (!value.IsNil || table.Metatable is not { } metatable) return value;
                handler = metatable.GetMeta(LuaMeta.Index);
                if (handler.IsNil) return default;
            }
            else
            {
                handler = MetaOf(target, LuaMeta.Index);
                if (handler.IsNil) throw NotIndexable(thread, target, key);
            }
            if (handler.Reference is LuaFunction function) return CallMeta(thread, function, target, key);
            target = handler;
        }
        throw Error(thread, "too many recursions in gettable");
    }

    internal void SetIndex(LuaCoroutine thread, LuaValue target, in LuaValue key, in LuaValue value)
    {
        for (var count = 0; count < MostIndirections; count++)
        {
            LuaValue handler;
            if (target.Reference is LuaTable table)
            {
                if (table.Metatable is not { } metatable || metatable.GetMeta(LuaMeta.NewIndex) is var found && found.IsNil || !table.Get(key).IsNil)
                {
                    SetRaw(thread, table, key, value);
                    return;
                }
                handler = found;
            }
            else
            {
                handler = MetaOf(target, LuaMeta.NewIndex);
                if (handler.IsNil) throw NotIndexable(thread, target, key);
            }
            if (handler.Reference is LuaFunction function)
            {
                CallFrom(thread, function, [target, key, value]);
                return;
            }
            target = handler;
        }
        throw Error(thread, "too many recursions in settable");
    }

    internal static void SetRaw(LuaCoroutine thread, LuaTable table, in LuaValue key, in LuaValue value)
    {
        if (key.IsNil) throw Error(thread, "table index is nil");
        if (key.IsNumber && double.IsNaN(key.Double)) throw Error(thread, "table index is NaN");
        table.Set(key, value);
    }

    internal LuaValue CallMeta(LuaCoroutine thread, LuaFunction function, in LuaValue first, in LuaValue second) =>
        CallFrom(thread, function, [first, second])[0];

    internal bool AreEqual(LuaCoroutine thread, in LuaValue left, in LuaValue right)
    {
        if (left.Equals(right)) return true;
        if (left.Reference is not (LuaTable or LuaUserData) || left.Kind != right.Kind) return false;
        var handler = MetaOf(left, LuaMeta.Eq);
        return handler.Reference is LuaFunction function && handler == MetaOf(right, LuaMeta.Eq) && CallMeta(thread, function, left, right).IsTruthy;
    }

    internal bool IsLess(LuaCoroutine thread, in LuaValue left, in LuaValue right)
    {
        if (left.IsNumber && right.IsNumber) return left.Double < right.Double;
        if (left.Reference is LuaString text && right.Reference is LuaString other) return text.CompareTo(other) < 0;
        return TryCompare(thread, LuaMeta.Lt, left, right) ?? throw NotComparable(thread, left, right);
    }

    internal bool IsLessOrEqual(LuaCoroutine thread, in LuaValue left, in LuaValue right)
    {
        if (left.IsNumber && right.IsNumber) return left.Double <= right.Double;
        if (left.Reference is LuaString text && right.Reference is LuaString other) return text.CompareTo(other) <= 0;
        return TryCompare(thread, LuaMeta.Le, left, right)
            ?? !(TryCompare(thread, LuaMeta.Lt, right, left) ?? throw NotComparable(thread, left, right));
    }

    internal LuaValue Calculate(LuaCoroutine thread, LuaMeta operation, in LuaValue left, in LuaValue right)
    {
        var isLeft = TryOperand(left, out var x);
        var isRight = TryOperand(right, out var y);
        if (isLeft && isRight)
        {
            return new LuaValue(operation switch
            {
                LuaMeta.Add => x + y,
                LuaMeta.Sub => x - y,
                LuaMeta.Mul => x * y,
                LuaMeta.Div => x / y,
                LuaMeta.Mod => Modulo(x, y),
                _ => y == 2 ? x * x : Math.Pow(x, y),
            });
        }
        var handler = MetaOf(left, operation);
        if (!handler.IsFunction) handler = MetaOf(right, operation);
        if (handler.Reference is LuaFunction function) return CallMeta(thread, function, left, right);
        var leftKind = isLeft ? LuaKind.Number : left.Kind;
        var rightKind = isRight ? LuaKind.Number : right.Kind;
        throw Error(thread, $"cannot perform {LuaMetaNames.Operation(operation)} operation between {LuaText.NameOf(leftKind)} and {LuaText.NameOf(rightKind)}");
    }

    internal LuaValue Negate(LuaCoroutine thread, in LuaValue operand)
    {
        if (TryOperand(operand, out var number)) return new LuaValue(-number);
        if (MetaOf(operand, LuaMeta.Unm).Reference is LuaFunction function) return CallMeta(thread, function, operand, operand);
        throw Error(thread, "__unm undefined");
    }

    internal LuaValue LengthOf(LuaCoroutine thread, in LuaValue operand)
    {
        if (operand.Reference is LuaString text) return new LuaValue((double)text.Length);
        if (MetaOf(operand, LuaMeta.Len).Reference is LuaFunction function) return CallMeta(thread, function, operand, default);
        if (operand.Reference is LuaTable table) return new LuaValue((double)table.Length);
        throw Error(thread, "__len undefined");
    }

    internal LuaValue ToText(LuaCoroutine thread, in LuaValue value)
    {
        if (MetaOf(value, LuaMeta.ToString).Reference is LuaFunction function) return CallFrom(thread, function, [value])[0];
        return new LuaValue(LuaText.Of(value));
    }

    /// <summary>Concatenates registers from the right, like the operator.</summary>
    private void ConcatRegisters(LuaCoroutine thread, int target, int first, int count)
    {
        var last = first + count - 1;
        var result = default(LuaValue);
        while (true)
        {
            // All adjacent strings and numbers are concatenated at once.
            var start = last;
            while (start >= first && (thread.Stack[start].IsNumber || thread.Stack[start].IsString)) start--;
            if (last - start >= 2 || (count == 1 && start < last))
            {
                result = new LuaValue(Join(thread, thread.Stack.AsSpan(start + 1, last - start)));
                last = start + 1;
                thread.Stack[last] = result;
            }
            if (last == first) break;
            var left = thread.Stack[last - 1];
            var right = thread.Stack[last];
            var handler = MetaOf(left, LuaMeta.Concat);
            if (!handler.IsFunction) handler = MetaOf(right, LuaMeta.Concat);
            if (handler.Reference is not LuaFunction function)
            {
                throw Error(thread, $"cannot perform concat operation between {LuaText.NameOf(left.Kind)} and {LuaText.NameOf(right.Kind)}");
            }
            result = CallMeta(thread, function, left, right);
            last--;
            thread.Stack[last] = result;
            if (last == first) break;
        }
        thread.Stack[target] = result;
    }

    private LuaString Join(LuaCoroutine thread, ReadOnlySpan<LuaValue> parts)
    {
        long most = 0;
        foreach (ref readonly var part in parts) most += part.Reference is LuaString text ? text.Length : 40;
        if (most <= 512)
        {
            Span<byte> buffer = stackalloc byte[512];
            var length = 0;
            foreach (ref readonly var part in parts)
            {
                if (part.Reference is LuaString text)
                {
                    text.Span.CopyTo(buffer[length..]);
                    length += text.Length;
                }
                else
                {
                    length += LuaNumber.Format(part.Double, buffer[length..]);
                }
            }
            return LuaString.From(buffer[..length]);
        }
        var pieces = new LuaString[parts.Length];
        long total = 0;
        for (var index = 0; index < parts.Length; index++)
        {
            pieces[index] = parts[index].AsString ?? LuaNumber.Format(parts[index].Double);
            total += pieces[index].Length;
        }
        CheckStringLength(thread, total);
        var bytes = new byte[total];
        var at = 0;
        foreach (var piece in pieces)
        {
            piece.Span.CopyTo(bytes.AsSpan(at));
            at += piece.Length;
        }
        return LuaString.Over(bytes);
    }

    /// <summary>Raises an error for a string that would be too long, and charges the work of creating it.</summary>
    internal void CheckStringLength(LuaCoroutine thread, long length)
    {
        if (length > Limits.StringBytes) throw Error(thread, "string length overflow");
        Charge(length >> 5);
    }

    private static bool TryOperand(in LuaValue value, out double number)
    {
        if (value.IsNumber)
        {
            number = value.Double;
            return true;
        }
        number = 0;
        return value.Reference is LuaString text && LuaNumber.TryParseOperand(text.Span, out number);
    }

    private bool? TryCompare(LuaCoroutine thread, LuaMeta meta, in LuaValue left, in LuaValue right)
    {
        var handler = MetaOf(left, meta);
        if (handler.Reference is not LuaFunction function || handler != MetaOf(right, meta)) return null;
        return CallMeta(thread, function, left, right).IsTruthy;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LuaException NotIndexable(LuaCoroutine thread, in LuaValue target, in LuaValue key) =>
        Error(thread, $"attempt to index a non-table object({LuaText.NameOf(target.Kind)}) with key '{key}'");

    private static LuaException NotComparable(LuaCoroutine thread, in LuaValue left, in LuaValue right) =>
        Error(thread, $"attempt to compare {LuaText.NameOf(left.Kind)} with {LuaText.NameOf(right.Kind)}");
}
