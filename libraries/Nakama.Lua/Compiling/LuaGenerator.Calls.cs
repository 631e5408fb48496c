namespace Nakama.Lua.Compiling;

/// <content>Calls and assignments.</content>
internal sealed partial class LuaGenerator
{
    /// <summary>A call with <paramref name="wanted"/> - 1 results, or all results for zero, from the next register on.</summary>
    private void Invocation(LuaInvocation call, int wanted, bool isTail = false)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var first = _free;
        if (call.Method is { } method)
        {
            Method(call, method);
        }
        else
        {
            Next(call.Target);
        }
        var isOpen = OpenValues(call.Arguments);
        var argumentCount = isOpen ? 0 : _free - first;
        _code.Line = call.Line;
        if ((call.Method ?? NameOf(call.Target)) is { } name) _code.CallNames[_code.Position] = name;
        _code.Emit(isTail ? LuaOp.TailCall : LuaOp.Call, first, argumentCount, wanted);
        // A native function leaves its results on the stack and continues here; a script function replaces this one.
        if (isTail) _code.Emit(LuaOp.Return, first);
        Reach(first + Math.Max(1, wanted - 1));
        _free = first;
    }

    private void Method(LuaInvocation call, LuaString method)
    {
        var first = Allocate(2);
        var target = call.Target is LuaLocalName { Local: { IsCaptured: false } local } ? local.Register : -1;
        if (target < 0)
        {
            _free = first;
            target = Next(call.Target);
            _free = first + 2;
        }
        _code.Line = call.Line;
        var constant = _code.Constant(method);
        if (constant <= MostShortConstants)
        {
            _code.Emit(LuaOp.Self, first, target, constant);
            return;
        }
        _code.Emit(LuaOp.Move, first + 1, target);
        var key = Allocate();
        _code.EmitLong(LuaOp.LoadConstant, key, constant);
        _code.Emit(LuaOp.GetIndex, first, first + 1, key);
        _free = first + 2;
    }

    private static LuaString? NameOf(LuaExpression target) => target switch
    {
        LuaLocalName name => name.Local.Name,
        LuaUpvalueName name => name.Name,
        LuaGlobalName name => name.Name,
        LuaIndexed { Key: LuaConstant { Value.IsString: true } key } => key.Value.AsString,
        LuaParenthesized parenthesized => NameOf(parenthesized.Inner),
        _ => null,
    };

    private void Assignment(LuaAssignment assignment)
    {
        if (assignment is { Targets: [var target], Values: [var value] })
        {
            Assign(target, value, assignment.Line);
            return;
        }
        var places = new List<(int Table, int Key)>();
        foreach (var written in assignment.Targets) places.Add(Place(written, assignment.Targets));
        var first = _free;
        Values(assignment.Values, assignment.Targets.Count);
        // Fields are assigned last to first, variables first to last; the order is observable when a target occurs twice.
        for (var index = places.Count - 1; index >= 0; index--)
        {
            if (assignment.Targets[index] is LuaIndexed indexed) Write(indexed, places[index], first + index);
        }
        for (var index = 0; index < places.Count; index++)
        {
            if (assignment.Targets[index] is not LuaIndexed) Write(assignment.Targets[index], first + index);
        }
    }

    private void Assign(LuaExpression target, LuaExpression value, int line)
    {
        switch (target)
        {
            case LuaLocalName { Local: { IsCaptured: false } local }:
                Store(value, local.Register);
                break;
            case LuaIndexed indexed:
                var table = Operand(indexed.Target);
                SetIndexed(table, indexed.Key, value, indexed.Line);
                break;
            default:
                var register = Operand(value);
                _code.Line = line;
                Write(target, register);
                break;
        }
    }

    /// <summary>The registers of a field's table and key, evaluated before any assignment; the key may be a constant.</summary>
    private (int Table, int Key) Place(LuaExpression target, List<LuaExpression> targets)
    {
        if (target is not LuaIndexed indexed) return default;
        var table = Kept(indexed.Target, targets);
        return (table, TryShortConstant(indexed.Key, LuaKind.String, out var name) ? ~name : Kept(indexed.Key, targets));
    }

    private int Kept(LuaExpression expression, List<LuaExpression> targets) =>
        expression is LuaLocalName name && targets.Exists(target => target is LuaLocalName other && other.Local == name.Local)
            ? Next(expression)
            : Operand(expression);

    private void Write(LuaIndexed indexed, (int Table, int Key) place, int value)
    {
        _code.Line = indexed.Line;
        if (place.Key < 0) _code.Emit(LuaOp.SetField, place.Table, ~place.Key, value);
        else _code.Emit(LuaOp.SetIndex, place.Table, place.Key, value);
    }

    private void Write(LuaExpression target, int value)
    {
        switch (target)
        {
            case LuaLocalName { Local: { IsCaptured: true } local }: _code.Emit(LuaOp.SetCell, local.Register, value); break;
            case LuaLocalName { Local: var local }: _code.Emit(LuaOp.Move, local.Register, value); break;
            case LuaUpvalueName upvalue: _code.Emit(LuaOp.SetUpvalue, upvalue.Index, value); break;
            case LuaGlobalName global: _code.EmitLong(LuaOp.SetGlobal, value, _code.Constant(global.Name)); break;
        }
    }
}
