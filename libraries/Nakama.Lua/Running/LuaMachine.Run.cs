using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nakama.Lua.Compiling;
using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <content>The loop that runs instructions.</content>
public sealed partial class LuaMachine
{
    /// <summary>
    /// Runs the current coroutine's calls until those above <paramref name="depth"/> in <paramref name="entry"/> end (true) or
    /// a native function waits (false). Operations that can fail or call functions are in methods of their own, after which all
    /// references into the stacks are reloaded, because the stacks may have moved.
    /// </summary>
    private bool Run(LuaCoroutine entry, int depth)
    {
    Settled:
        if (!Settle(entry, depth)) return true;
    Reload:
        var thread = _current;
        var closure = thread.Frames[thread.FrameCount - 1].Closure!;
        var first = thread.Frames[thread.FrameCount - 1].Base;
        nint pc = thread.Frames[thread.FrameCount - 1].Next;
    Enter:
        // Calls ensure enough stack for the registers, and the compiler bounds the operands, so no bounds are checked here.
        ref var code = ref MemoryMarshal.GetArrayDataReference(closure.Proto.Code);
        ref var constants = ref MemoryMarshal.GetArrayDataReference(closure.Proto.Constants);
        ref var r = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(thread.Stack), first);
        while (true)
        {
            ref var i = ref Unsafe.Add(ref code, pc++);
            ref var a = ref Unsafe.Add(ref r, (nint)i.A);
            switch (i.Op)
            {
                case LuaOp.Move:
                    a = Unsafe.Add(ref r, (nint)i.B);
                    continue;
                case LuaOp.LoadConstant:
                    a = Unsafe.Add(ref constants, i.D);
                    continue;
                case LuaOp.LoadNil:
                    for (nint count = i.B; count > 0; count--, a = ref Unsafe.Add(ref a, 1)) a.Reference = null;
                    continue;
                case LuaOp.LoadTrue:
                    a.Reference = LuaValue.TrueTag;
                    continue;
                case LuaOp.LoadFalse:
                    a.Reference = LuaValue.FalseTag;
                    continue;
                case LuaOp.GetUpvalue:
                    a = closure.Upvalues[i.B].Value;
                    continue;
                case LuaOp.SetUpvalue:
                    closure.Upvalues[i.A].Value = Unsafe.Add(ref r, (nint)i.B);
                    continue;
                case LuaOp.NewCell:
                    a.Reference = new LuaCell { Value = a };
                    continue;
                case LuaOp.GetCell:
                    a = Unsafe.As<LuaCell>(Unsafe.Add(ref r, (nint)i.B).Reference!).Value;
                    continue;
                case LuaOp.SetCell:
                    Unsafe.As<LuaCell>(a.Reference!).Value = Unsafe.Add(ref r, (nint)i.B);
                    continue;
                case LuaOp.GetGlobal:
                    {
                        ref var slot = ref closure.Environment.Slot(Unsafe.As<LuaString>(Unsafe.Add(ref constants, i.D).Reference!));
                        if (Unsafe.IsNullRef(ref slot) || slot.Reference is null) goto SlowGet;
                        a = slot;
                        continue;
                    }
                case LuaOp.SetGlobal:
                    {
                        ref var slot = ref closure.Environment.Slot(Unsafe.As<LuaString>(Unsafe.Add(ref constants, i.D).Reference!));
                        if (Unsafe.IsNullRef(ref slot) || slot.Reference is null || closure.Environment.IsShared) goto SlowSet;
                        slot = a;
                        continue;
                    }
                case LuaOp.GetField:
                    {
                        var target = Unsafe.Add(ref r, (nint)i.B).Reference;
                        if (target is null || target.GetType() != typeof(LuaTable)) goto SlowGet;
                        ref var slot = ref Unsafe.As<LuaTable>(target).Slot(Unsafe.As<LuaString>(Unsafe.Add(ref constants, (nint)i.C).Reference!));
                        if (Unsafe.IsNullRef(ref slot) || slot.Reference is null) goto SlowGet;
                        a = slot;
                        continue;
                    }
                case LuaOp.SetField:
                    {
                        if (a.Reference is null || a.Reference.GetType() != typeof(LuaTable)) goto SlowSet;
                        ref var slot = ref Unsafe.As<LuaTable>(a.Reference).Slot(Unsafe.As<LuaString>(Unsafe.Add(ref constants, (nint)i.B).Reference!));
                        if (Unsafe.IsNullRef(ref slot) || slot.Reference is null || Unsafe.As<LuaTable>(a.Reference).IsShared) goto SlowSet;
                        slot = Unsafe.Add(ref r, (nint)i.C);
                        continue;
                    }
                case LuaOp.GetIndex:
                    {
                        var target = Unsafe.Add(ref r, (nint)i.B).Reference;
                        ref var key = ref Unsafe.Add(ref r, (nint)i.C);
                        if (target is null || target.GetType() != typeof(LuaTable)) goto SlowGet;
                        if (ReferenceEquals(key.Reference, LuaValue.NumberTag))
                        {
                            var array = Unsafe.As<LuaTable>(target).ArrayStore;
                            var index = (int)key.Double;
                            if ((uint)(index - 1) >= (uint)array.Length || index != key.Double) goto SlowGet;
                            ref var element = ref array[index - 1];
                            if (element.Reference is null) goto SlowGet;
                            a = element;
                            continue;
                        }
                        if (key.Reference is not LuaString name) goto SlowGet;
                        ref var slot = ref Unsafe.As<LuaTable>(target).Slot(name);
                        if (Unsafe.IsNullRef(ref slot) || slot.Reference is null) goto SlowGet;
                        a = slot;
                        continue;
                    }
                case LuaOp.SetIndex:
                    {
                        if (a.Reference is null || a.Reference.GetType() != typeof(LuaTable)) goto SlowSet;
                        ref var key = ref Unsafe.Add(ref r, (nint)i.B);
                        ref var value = ref Unsafe.Add(ref r, (nint)i.C);
                        var table = Unsafe.As<LuaTable>(a.Reference);
                        if (ReferenceEquals(key.Reference, LuaValue.NumberTag))
                        {
                            var array = table.ArrayStore;
                            var index = (int)key.Double;
                            if (index != key.Double || value.Reference is null) goto SlowSet;
                            if ((uint)(index - 1) < (uint)array.Length && array[index - 1].Reference is not null)
                            {
                                array[index - 1] = value;
                                continue;
                            }
                            if (table.Metatable is not null || index <= 0) goto SlowSet;
                            table.SetInteger(index, value);
                            continue;
                        }
                        if (key.Reference is not LuaString name) goto SlowSet;
                        ref var slot = ref table.Slot(name);
                        if (Unsafe.IsNullRef(ref slot) || slot.Reference is null || table.IsShared) goto SlowSet;
                        slot = value;
                        continue;
                    }
                case LuaOp.NewTable:
                    a = new LuaValue(new LuaTable(i.B, i.C));
                    continue;
                case LuaOp.SetList:
                    SetList(thread, first + i.A, i.B - 1, Unsafe.Add(ref code, pc++).D);
                    continue;
                case LuaOp.Self:
                    {
                        ref var self = ref Unsafe.Add(ref r, (nint)i.B);
                        if (self.Reference is not LuaTable table) goto SlowSelf;
                        var method = Unsafe.As<LuaString>(Unsafe.Add(ref constants, (nint)i.C).Reference!);
                        ref var slot = ref table.Slot(method);
                        if (Unsafe.IsNullRef(ref slot) || slot.Reference is null)
                        {
                            if (table.Metatable is not { } meta || meta.GetMeta(LuaMeta.Index).Reference is not LuaTable type) goto SlowSelf;
                            slot = ref type.Slot(method);
                            if (Unsafe.IsNullRef(ref slot) || slot.Reference is null) goto SlowSelf;
                        }
                        Unsafe.Add(ref a, 1) = self;
                        a = slot;
                        continue;
                    }
                case LuaOp.Add:
                    {
                        ref var x = ref Unsafe.Add(ref r, (nint)i.B);
                        ref var y = ref Unsafe.Add(ref r, (nint)i.C);
                        if (!ReferenceEquals(x.Reference, LuaValue.NumberTag) || !ReferenceEquals(y.Reference, LuaValue.NumberTag)) goto SlowArithmetic;
                        a.Double = x.Double + y.Double;
                        a.Reference = LuaValue.NumberTag;
                        continue;
                    }
                case LuaOp.Sub:
                    {
                        ref var x = ref Unsafe.Add(ref r, (nint)i.B);
                        ref var y = ref Unsafe.Add(ref r, (nint)i.C);
                        if (!ReferenceEquals(x.Reference, LuaValue.NumberTag) || !ReferenceEquals(y.Reference, LuaValue.NumberTag)) goto SlowArithmetic;
                        a.Double = x.Double - y.Double;
                        a.Reference = LuaValue.NumberTag;
                        continue;
                    }
                case LuaOp.Mul:
                    {
                        ref var x = ref Unsafe.Add(ref r, (nint)i.B);
                        ref var y = ref Unsafe.Add(ref r, (nint)i.C);
                        if (!ReferenceEquals(x.Reference, LuaValue.NumberTag) || !ReferenceEquals(y.Reference, LuaValue.NumberTag)) goto SlowArithmetic;
                        a.Double = x.Double * y.Double;
                        a.Reference = LuaValue.NumberTag;
                        continue;
                    }
                case LuaOp.Div:
                    {
                        ref var x = ref Unsafe.Add(ref r, (nint)i.B);
                        ref var y = ref Unsafe.Add(ref r, (nint)i.C);
                        if (!ReferenceEquals(x.Reference, LuaValue.NumberTag) || !ReferenceEquals(y.Reference, LuaValue.NumberTag)) goto SlowArithmetic;
                        a.Double = x.Double / y.Double;
                        a.Reference = LuaValue.NumberTag;
                        continue;
                    }
                case LuaOp.Mod or LuaOp.Pow or LuaOp.PowConstant:
                    goto SlowArithmetic;
                case LuaOp.ModConstant:
                    {
                        ref var x = ref Unsafe.Add(ref r, (nint)i.B);
                        if (!ReferenceEquals(x.Reference, LuaValue.NumberTag)) goto SlowArithmetic;
                        a.Double = Modulo(x.Double, Unsafe.Add(ref constants, (nint)i.C).Double);
                        a.Reference = LuaValue.NumberTag;
                        continue;
                    }
                case LuaOp.AddConstant:
                    {
                        ref var x = ref Unsafe.Add(ref r, (nint)i.B);
                        if (!ReferenceEquals(x.Reference, LuaValue.NumberTag)) goto SlowArithmetic;
                        a.Double = x.Double + Unsafe.Add(ref constants, (nint)i.C).Double;
                        a.Reference = LuaValue.NumberTag;
                        continue;
                    }
                case LuaOp.SubConstant:
                    {
                        ref var x = ref Unsafe.Add(ref r, (nint)i.B);
                        if (!ReferenceEquals(x.Reference, LuaValue.NumberTag)) goto SlowArithmetic;
                        a.Double = x.Double - Unsafe.Add(ref constants, (nint)i.C).Double;
                        a.Reference = LuaValue.NumberTag;
                        continue;
                    }
                case LuaOp.MulConstant:
                    {
                        ref var x = ref Unsafe.Add(ref r, (nint)i.B);
                        if (!ReferenceEquals(x.Reference, LuaValue.NumberTag)) goto SlowArithmetic;
                        a.Double = x.Double * Unsafe.Add(ref constants, (nint)i.C).Double;
                        a.Reference = LuaValue.NumberTag;
                        continue;
                    }
                case LuaOp.DivConstant:
                    {
                        ref var x = ref Unsafe.Add(ref r, (nint)i.B);
                        if (!ReferenceEquals(x.Reference, LuaValue.NumberTag)) goto SlowArithmetic;
                        a.Double = x.Double / Unsafe.Add(ref constants, (nint)i.C).Double;
                        a.Reference = LuaValue.NumberTag;
                        continue;
                    }
                case LuaOp.Not:
                    {
                        var operand = Unsafe.Add(ref r, (nint)i.B).Reference;
                        a.Reference = operand is null || ReferenceEquals(operand, LuaValue.FalseTag) ? LuaValue.TrueTag : LuaValue.FalseTag;
                        continue;
                    }
                case LuaOp.Length:
                    {
                        if (Unsafe.Add(ref r, (nint)i.B).Reference is not LuaTable { Metatable: null } table) goto SlowUnary;
                        a = new LuaValue((double)table.Length);
                        continue;
                    }
                case LuaOp.Minus:
                    goto SlowUnary;
                case LuaOp.Concat:
                    Save(thread, pc);
                    ConcatRegisters(thread, first + i.A, first + i.B, i.C);
                    goto Reload;
                case LuaOp.Jump:
                    pc += i.D;
                    continue;
                case LuaOp.Loop:
                    pc += i.D;
                    Steps += i.D;
                    if (Steps < 0) goto Tick;
                    continue;
                case LuaOp.JumpIfTrue:
                    if (a.Reference is not null && !ReferenceEquals(a.Reference, LuaValue.FalseTag)) pc += i.D;
                    continue;
                case LuaOp.JumpIfFalse:
                    if (a.Reference is null || ReferenceEquals(a.Reference, LuaValue.FalseTag)) pc += i.D;
                    continue;
                case LuaOp.Equal:
                    {
                        ref var y = ref Unsafe.Add(ref r, (nint)i.B);
                        bool isEqual;
                        if (ReferenceEquals(a.Reference, y.Reference)) isEqual = !ReferenceEquals(a.Reference, LuaValue.NumberTag) || a.Double == y.Double;
                        else if (a.Reference is LuaObject && y.Reference is LuaObject) goto SlowCompare;
                        else isEqual = false;
                        pc = isEqual == (i.X != 0) ? pc + 1 + Unsafe.Add(ref code, pc).D : pc + 1;
                        continue;
                    }
                case LuaOp.EqualConstant:
                    {
                        ref var y = ref Unsafe.Add(ref constants, (nint)i.B);
                        var isEqual = ReferenceEquals(a.Reference, y.Reference)
                            ? !ReferenceEquals(a.Reference, LuaValue.NumberTag) || a.Double == y.Double
                            : y.Reference is LuaString text && a.Reference is LuaString other && text.Equals(other);
                        pc = isEqual == (i.X != 0) ? pc + 1 + Unsafe.Add(ref code, pc).D : pc + 1;
                        continue;
                    }
                case LuaOp.Less:
                    {
                        ref var y = ref Unsafe.Add(ref r, (nint)i.B);
                        if (!ReferenceEquals(a.Reference, LuaValue.NumberTag) || !ReferenceEquals(y.Reference, LuaValue.NumberTag)) goto SlowCompare;
                        pc = (a.Double < y.Double) == (i.X != 0) ? pc + 1 + Unsafe.Add(ref code, pc).D : pc + 1;
                        continue;
                    }
                case LuaOp.LessEqual:
                    {
                        ref var y = ref Unsafe.Add(ref r, (nint)i.B);
                        if (!ReferenceEquals(a.Reference, LuaValue.NumberTag) || !ReferenceEquals(y.Reference, LuaValue.NumberTag)) goto SlowCompare;
                        pc = (a.Double <= y.Double) == (i.X != 0) ? pc + 1 + Unsafe.Add(ref code, pc).D : pc + 1;
                        continue;
                    }
                case LuaOp.LessConstant:
                    if (!ReferenceEquals(a.Reference, LuaValue.NumberTag)) goto SlowCompare;
                    pc = (a.Double < Unsafe.Add(ref constants, (nint)i.B).Double) == (i.X != 0) ? pc + 1 + Unsafe.Add(ref code, pc).D : pc + 1;
                    continue;
                case LuaOp.LessEqualConstant:
                    if (!ReferenceEquals(a.Reference, LuaValue.NumberTag)) goto SlowCompare;
                    pc = (a.Double <= Unsafe.Add(ref constants, (nint)i.B).Double) == (i.X != 0) ? pc + 1 + Unsafe.Add(ref code, pc).D : pc + 1;
                    continue;
                case LuaOp.GreaterConstant:
                    if (!ReferenceEquals(a.Reference, LuaValue.NumberTag)) goto SlowCompare;
                    pc = (a.Double > Unsafe.Add(ref constants, (nint)i.B).Double) == (i.X != 0) ? pc + 1 + Unsafe.Add(ref code, pc).D : pc + 1;
                    continue;
                case LuaOp.GreaterEqualConstant:
                    if (!ReferenceEquals(a.Reference, LuaValue.NumberTag)) goto SlowCompare;
                    pc = (a.Double >= Unsafe.Add(ref constants, (nint)i.B).Double) == (i.X != 0) ? pc + 1 + Unsafe.Add(ref code, pc).D : pc + 1;
                    continue;
                case LuaOp.ForPrepare:
                    Save(thread, pc);
                    if (!PrepareFor(thread, ref a, i.X != 0)) pc += i.D;
                    continue;
                case LuaOp.ForLoopByOne:
                    {
                        var index = a.Double + 1;
                        Steps += i.D;
                        if (!(index <= Unsafe.Add(ref a, 1).Double)) continue;
                        a.Double = index;
                        if (i.X != 0) Unsafe.Add(ref a, 3) = a;
                        pc += i.D;
                        if (Steps < 0) goto Tick;
                        continue;
                    }
                case LuaOp.ForLoop:
                    {
                        var step = Unsafe.Add(ref a, 2).Double;
                        var index = a.Double + step;
                        Steps += i.D;
                        if (!(step > 0 ? index <= Unsafe.Add(ref a, 1).Double : index >= Unsafe.Add(ref a, 1).Double)) continue;
                        a.Double = index;
                        if (i.X != 0) Unsafe.Add(ref a, 3) = a;
                        pc += i.D;
                        if (Steps < 0) goto Tick;
                        continue;
                    }
                case LuaOp.IteratePrepare:
                    // The number field of a function value is unused: it stores the position of next.
                    if (a.Reference is LuaNativeFunction) a.Double = Unsafe.Add(ref a, 2).Reference is null ? 0 : double.NaN;
                    pc += i.D;
                    continue;
                case LuaOp.Iterate:
                    if (a.Reference is LuaNativeFunction { Special: LuaSpecial.Next or LuaSpecial.NextIndex } && Advance(ref a, i.C)) continue;
                    Save(thread, pc);
                    if (!Iterate(thread, first + i.A, i.C)) return false;
                    goto Settled;
                case LuaOp.IterateLoop:
                    {
                        ref var variable = ref Unsafe.Add(ref a, 3);
                        if (variable.Reference is null) continue;
                        Unsafe.Add(ref a, 2) = variable;
                        pc += i.D;
                        Steps += i.D;
                        if (Steps < 0) goto Tick;
                        continue;
                    }
                case LuaOp.Call:
                    {
                        var function = a.Reference;
                        var count = i.B != 0 ? i.B - 1 : thread.OpenEnd - first - i.A - 1;
                        if (function is not null && function.GetType() == typeof(LuaClosure) && !Unsafe.As<LuaClosure>(function).Proto.IsVararg)
                        {
                            thread.Frames[thread.FrameCount - 1].Next = (int)pc;
                            var callee = Unsafe.As<LuaClosure>(function);
                            EnterScript(thread, callee, first + i.A, count, i.C - 1);
                            first += i.A + 1;
                            closure = callee;
                            pc = 0;
                            if (--Steps < 0) goto TickEntered;
                            goto Enter;
                        }
                        if (function is LuaNativeFunction { Special: LuaSpecial.None } native)
                        {
                            Steps--;
                            thread.Frames[thread.FrameCount - 1].Next = (int)pc;
                            CallNative(thread, native, first + i.A, count, i.C - 1);
                            r = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(thread.Stack), first);
                            if (Steps < 0) goto Tick;
                            continue;
                        }
                        Save(thread, pc);
                        if (!BeginCall(thread, first + i.A, count, i.C - 1)) return false;
                        goto Settled;
                    }
                case LuaOp.TailCall:
                    Save(thread, pc);
                    if (!BeginTailCall(thread, first + i.A, i.B != 0 ? i.B - 1 : thread.OpenEnd - first - i.A - 1)) return false;
                    goto Settled;
                case LuaOp.ReturnOne:
                    {
                        ref var frame = ref thread.Frames[--thread.FrameCount];
                        var result = frame.Result;
                        thread.Stack[result] = a;
                        if (frame.Wanted != 1) Adjust(thread, result, 1, frame.Wanted);
                        break;
                    }
                case LuaOp.ReturnNone:
                    {
                        ref var frame = ref thread.Frames[--thread.FrameCount];
                        Adjust(thread, frame.Result, 0, frame.Wanted);
                        break;
                    }
                case LuaOp.Return:
                    ReturnMany(thread, first + i.A, i.B != 0 ? i.B - 1 : thread.OpenEnd - first - i.A);
                    break;
                case LuaOp.Varargs:
                    Save(thread, pc);
                    SpreadVarargs(thread, first + i.A, i.C - 1);
                    goto Reload;
                case LuaOp.ArgTable:
                    a = new LuaValue(ArgTable(thread));
                    continue;
                case LuaOp.Closure:
                    a = new LuaValue(MakeClosure(closure, closure.Proto.Protos[i.D], ref r));
                    continue;
            }
            // Only returns get here: continue with the caller, if it is a script function of this run.
            if (thread.FrameCount > (ReferenceEquals(thread, entry) ? depth : 0) && thread.Frames[thread.FrameCount - 1].Kind == LuaFrameKind.Script) goto Reload;
            goto Settled;

        SlowGet:
            Save(thread, pc);
            GetSlowly(thread, first, pc - 1);
            goto Reload;
        SlowSet:
            Save(thread, pc);
            SetSlowly(thread, first, pc - 1);
            goto Reload;
        SlowSelf:
            Save(thread, pc);
            SelfSlowly(thread, first, pc - 1);
            goto Reload;
        SlowArithmetic:
            Save(thread, pc);
            CalculateSlowly(thread, first, pc - 1);
            goto Reload;
        SlowUnary:
            Save(thread, pc);
            UnarySlowly(thread, first, pc - 1);
            goto Reload;
        SlowCompare:
            Save(thread, pc);
            CompareSlowly(thread, first, pc - 1);
            goto Reload;
        Tick:
            Save(thread, pc);
        TickEntered:
            Tick();
            goto Reload;
        }
    }
}
