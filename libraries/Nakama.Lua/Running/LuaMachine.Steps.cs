using System.Runtime.CompilerServices;
using Nakama.Lua.Compiling;
using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <content>Instructions that take more than a few lines.</content>
public sealed partial class LuaMachine
{
    /// <summary>Saves the next instruction of the running function, and marks its registers as in use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Save(LuaCoroutine thread, nint next)
    {
        ref var frame = ref thread.Frames[thread.FrameCount - 1];
        frame.Next = (int)next;
        thread.Top = frame.Base + frame.Closure!.Proto.RegisterCount;
    }

    private static LuaClosure RunningClosure(LuaCoroutine thread) => thread.Frames[thread.FrameCount - 1].Closure!;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GetSlowly(LuaCoroutine thread, int first, nint at)
    {
        var closure = RunningClosure(thread);
        var instruction = closure.Proto.Code[at];
        var target = instruction.Op == LuaOp.GetGlobal ? new LuaValue(closure.Environment) : thread.Stack[first + instruction.B];
        var key = instruction.Op switch
        {
            LuaOp.GetGlobal => closure.Proto.Constants[instruction.D],
            LuaOp.GetField => closure.Proto.Constants[instruction.C],
            _ => thread.Stack[first + instruction.C],
        };
        var value = Index(thread, target, key);
        thread.Stack[first + instruction.A] = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SelfSlowly(LuaCoroutine thread, int first, nint at)
    {
        var closure = RunningClosure(thread);
        var instruction = closure.Proto.Code[at];
        var self = thread.Stack[first + instruction.B];
        var method = Index(thread, self, closure.Proto.Constants[instruction.C]);
        thread.Stack[first + instruction.A + 1] = self;
        thread.Stack[first + instruction.A] = method;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetSlowly(LuaCoroutine thread, int first, nint at)
    {
        var closure = RunningClosure(thread);
        var instruction = closure.Proto.Code[at];
        if (instruction.Op == LuaOp.SetGlobal)
        {
            SetIndex(thread, new LuaValue(closure.Environment), closure.Proto.Constants[instruction.D], thread.Stack[first + instruction.A]);
            return;
        }
        var key = instruction.Op == LuaOp.SetField ? closure.Proto.Constants[instruction.B] : thread.Stack[first + instruction.B];
        SetIndex(thread, thread.Stack[first + instruction.A], key, thread.Stack[first + instruction.C]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CalculateSlowly(LuaCoroutine thread, int first, nint at)
    {
        var closure = RunningClosure(thread);
        var instruction = closure.Proto.Code[at];
        var isConstant = instruction.Op >= LuaOp.AddConstant;
        var operation = LuaMeta.Add + (instruction.Op - (isConstant ? LuaOp.AddConstant : LuaOp.Add));
        var right = isConstant ? closure.Proto.Constants[instruction.C] : thread.Stack[first + instruction.C];
        var value = Calculate(thread, operation, thread.Stack[first + instruction.B], right);
        thread.Stack[first + instruction.A] = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void UnarySlowly(LuaCoroutine thread, int first, nint at)
    {
        var instruction = RunningClosure(thread).Proto.Code[at];
        var operand = thread.Stack[first + instruction.B];
        var value = instruction.Op == LuaOp.Length ? LengthOf(thread, operand) : Negate(thread, operand);
        thread.Stack[first + instruction.A] = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CompareSlowly(LuaCoroutine thread, int first, nint at)
    {
        var proto = RunningClosure(thread).Proto;
        var instruction = proto.Code[at];
        var left = thread.Stack[first + instruction.A];
        var isConstant = instruction.Op >= LuaOp.EqualConstant;
        var right = isConstant ? proto.Constants[instruction.B] : thread.Stack[first + instruction.B];
        var outcome = instruction.Op switch
        {
            LuaOp.Equal => AreEqual(thread, left, right),
            LuaOp.Less or LuaOp.LessConstant => IsLess(thread, left, right),
            LuaOp.LessEqual or LuaOp.LessEqualConstant => IsLessOrEqual(thread, left, right),
            LuaOp.GreaterConstant => IsLess(thread, right, left),
            _ => IsLessOrEqual(thread, right, left),
        };
        var next = (int)at + 2;
        if (outcome == (instruction.X != 0)) next += proto.Code[at + 1].D;
        thread.Frames[thread.FrameCount - 1].Next = next;
    }

    /// <summary>Checks the bounds of a loop; false when it has no iterations.</summary>
    private static bool PrepareFor(LuaCoroutine thread, ref LuaValue index, bool isCopied)
    {
        var limit = Unsafe.Add(ref index, 1);
        var step = Unsafe.Add(ref index, 2);
        if (!index.IsNumber) throw Error(thread, "for statement init must be a number");
        if (!limit.IsNumber) throw Error(thread, "for statement limit must be a number");
        if (!step.IsNumber) throw Error(thread, "for statement step must be a number");
        if (isCopied) Unsafe.Add(ref index, 3) = index;
        return step.Double > 0 ? index.Double <= limit.Double : index.Double >= limit.Double;
    }

    /// <summary>The next pair of a table, without a call; false when the loop has to call the iterator.</summary>
    private static bool Advance(ref LuaValue iterator, int count)
    {
        if (Unsafe.Add(ref iterator, 1).Reference is not LuaTable table || count > 2) return false;
        ref var key = ref Unsafe.Add(ref iterator, 3);
        ref var value = ref Unsafe.Add(ref iterator, 4);
        var hasValue = count > 1;
        LuaValue nextKey, nextValue;
        if (Unsafe.As<LuaNativeFunction>(iterator.Reference!).Special == LuaSpecial.NextIndex)
        {
            if (!Unsafe.Add(ref iterator, 2).IsNumber) return false;
            var index = Unsafe.Add(ref iterator, 2).Double + 1;
            nextValue = table.GetNumber(index);
            nextKey = nextValue.IsNil ? default : new LuaValue(index);
        }
        else
        {
            if (double.IsNaN(iterator.Double)) return false;
            var cursor = (int)iterator.Double;
            table.TryNext(ref cursor, out nextKey, out nextValue);
            iterator.Double = cursor;
        }
        key = nextKey;
        if (hasValue) value = nextValue;
        return true;
    }

    private bool Iterate(LuaCoroutine thread, int iterator, int count)
    {
        var stack = thread.Stack;
        stack[iterator + 3] = stack[iterator];
        stack[iterator + 4] = stack[iterator + 1];
        stack[iterator + 5] = stack[iterator + 2];
        return BeginCall(thread, iterator + 3, 2, count);
    }

    private static void SetList(LuaCoroutine thread, int table, int count, int stored)
    {
        if (count < 0) count = thread.OpenEnd - table - 1;
        var target = (LuaTable)thread.Stack[table].Reference!;
        if (count > 0) target.Reserve(stored + count);
        for (var index = 1; index <= count; index++)
        {
            ref var value = ref thread.Stack[table + index];
            if (!value.IsNil) target.SetInteger(stored + index, value);
        }
    }

    private static void SpreadVarargs(LuaCoroutine thread, int target, int wanted)
    {
        ref var frame = ref thread.Frames[thread.FrameCount - 1];
        var given = frame.VarargCount;
        var from = frame.Base - given;
        var count = wanted < 0 ? given : Math.Min(given, wanted);
        thread.Ensure(target + count);
        Array.Copy(thread.Stack, from, thread.Stack, target, count);
        Adjust(thread, target, count, wanted);
    }

    private static LuaTable ArgTable(LuaCoroutine thread)
    {
        ref var frame = ref thread.Frames[thread.FrameCount - 1];
        var table = new LuaTable(frame.VarargCount, 1);
        for (var index = 1; index <= frame.VarargCount; index++)
        {
            table.SetInteger(index, thread.Stack[frame.Base - frame.VarargCount + index - 1]);
        }
        table["n"] = frame.VarargCount;
        return table;
    }

    private static LuaClosure MakeClosure(LuaClosure maker, LuaFunctionProto proto, ref LuaValue registers)
    {
        var sources = proto.Upvalues;
        var upvalues = sources.Length == 0 ? [] : new LuaCell[sources.Length];
        for (var index = 0; index < sources.Length; index++)
        {
            var source = sources[index];
            upvalues[index] = source >= 0 ? Unsafe.As<LuaCell>(Unsafe.Add(ref registers, source).Reference!) : maker.Upvalues[~source];
        }
        return new LuaClosure(proto, upvalues, maker.Environment);
    }

    /// <summary>The remainder that has the sign of the divisor.</summary>
    internal static double Modulo(double left, double right)
    {
        if (left >= 0 && right > 0 && left <= int.MaxValue && right <= int.MaxValue)
        {
            var (x, y) = ((uint)left, (uint)right);
            if (x == left && y == right) return x % y;
        }
        var rest = left % right;
        // A zero remainder is positive zero, whatever the signs.
        if (rest == 0) return 0;
        return (rest < 0) != (right < 0) ? rest + right : rest;
    }
}
