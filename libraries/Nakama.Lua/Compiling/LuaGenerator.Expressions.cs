namespace Nakama.Lua.Compiling;

/// <content>Expressions.</content>
internal sealed partial class LuaGenerator
{
    // The number of constructor elements that are buffered in registers at a time.
    private const int ConstructorBatch = 50;

    /// <summary>Evaluates to an exact number of values in the next registers.</summary>
    private void Values(List<LuaExpression> values, int wanted)
    {
        var first = _free;
        for (var index = 0; index < values.Count; index++)
        {
            var isLast = index == values.Count - 1;
            if (isLast && values[index].IsMulti && wanted >= values.Count)
            {
                Multi(values[index], wanted - index + 1);
                _free = first + wanted;
                Reach(_free);
                return;
            }
            Next(values[index]);
            if (index >= wanted) _free = first + wanted;
        }
        if (values.Count < wanted) _code.Emit(LuaOp.LoadNil, Allocate(wanted - values.Count), wanted - values.Count);
    }

    /// <summary>Evaluates all values into the next registers; true when their number is only known at run time.</summary>
    private bool OpenValues(List<LuaExpression> values)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (index == values.Count - 1 && values[index].IsMulti)
            {
                Multi(values[index], 0);
                return true;
            }
            Next(values[index]);
        }
        return false;
    }

    /// <summary>A call or <c>...</c> with <paramref name="wanted"/> - 1 values (zero: all) from the next register on.</summary>
    private void Multi(LuaExpression expression, int wanted)
    {
        if (expression is LuaInvocation call)
        {
            Invocation(call, wanted);
            return;
        }
        _code.Line = expression.Line;
        _code.Emit(LuaOp.Varargs, _free, 0, wanted);
        Reach(_free + Math.Max(1, wanted - 1));
    }

    /// <summary>Evaluates the value into the next register, which it allocates.</summary>
    private int Next(LuaExpression expression)
    {
        if (expression.IsMulti)
        {
            Multi(expression, 2);
            return Allocate();
        }
        var register = Allocate();
        Store(expression, register);
        return register;
    }

    /// <summary>The register of a variable, or the value in a new one.</summary>
    private int Operand(LuaExpression expression) => expression switch
    {
        LuaLocalName { Local: { IsCaptured: false } local } => local.Register,
        LuaParenthesized { Inner: LuaLocalName or LuaParenthesized } parenthesized => Operand(parenthesized.Inner),
        _ => Next(expression),
    };

    /// <summary>Like the other overload, but prefers a temporary register that receives the result anyway.</summary>
    private int Operand(LuaExpression expression, int target)
    {
        if (target < _locals || expression.IsMulti || expression is LuaLocalName or LuaParenthesized) return Operand(expression);
        Store(expression, target);
        return target;
    }

    /// <summary>Evaluates into a register. The register of a variable is written only after all others have been read.</summary>
    private void Store(LuaExpression expression, int target)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var free = _free;
        _code.Line = expression.Line;
        switch (expression)
        {
            case LuaConstant constant: StoreConstant(constant.Value, target); break;
            case LuaLocalName { Local: var local }:
                if (local.IsCaptured) _code.Emit(LuaOp.GetCell, target, local.Register);
                else if (local.Register != target) _code.Emit(LuaOp.Move, target, local.Register);
                break;
            case LuaUpvalueName upvalue: _code.Emit(LuaOp.GetUpvalue, target, upvalue.Index); break;
            case LuaGlobalName global: _code.EmitLong(LuaOp.GetGlobal, target, _code.Constant(global.Name)); break;
            case LuaParenthesized parenthesized: Store(parenthesized.Inner, target); break;
            case LuaIndexed indexed: Indexed(indexed, target); break;
            case LuaFunctionExpression function: Closure(function, target); break;
            case LuaUnary unary: Unary(unary, target); break;
            case LuaBinary { Operation: LuaToken.And or LuaToken.Or } logical: Logical(logical, target); break;
            case LuaBinary binary when IsComparison(binary.Operation): Truth(binary, target); break;
            case LuaBinary binary: Arithmetic(binary, target); break;
            case LuaConcatenation concatenation: Concatenation(concatenation, target); break;
            case LuaConstructor constructor: Constructor(constructor, target); break;
            default:
                var register = Next(expression);
                _code.Emit(LuaOp.Move, target, register);
                break;
        }
        _free = free;
    }

    private void StoreConstant(in LuaValue value, int target)
    {
        if (value.IsNil) _code.Emit(LuaOp.LoadNil, target, 1);
        else if (value.IsBoolean) _code.Emit(value.IsTruthy ? LuaOp.LoadTrue : LuaOp.LoadFalse, target);
        else _code.EmitLong(LuaOp.LoadConstant, target, _code.Constant(value));
    }

    private bool TryShortConstant(LuaExpression expression, LuaKind kind, out int index)
    {
        index = -1;
        if (expression is not LuaConstant constant || constant.Value.Kind != kind) return false;
        index = _code.Constant(constant.Value);
        return index <= MostShortConstants;
    }

    private void Indexed(LuaIndexed indexed, int target)
    {
        var table = Operand(indexed.Target, target);
        if (TryShortConstant(indexed.Key, LuaKind.String, out var name))
        {
            _code.Line = indexed.Line;
            _code.Emit(LuaOp.GetField, target, table, name);
            return;
        }
        var key = Operand(indexed.Key);
        _code.Line = indexed.Line;
        _code.Emit(LuaOp.GetIndex, target, table, key);
    }

    private void Closure(LuaFunctionExpression function, int target)
    {
        _protos.Add(Generate(function, _chunkName));
        _code.EmitLong(LuaOp.Closure, target, _protos.Count - 1);
    }

    private void Unary(LuaUnary unary, int target)
    {
        if (unary.Operation == LuaToken.Not && unary.Operand is LuaBinary)
        {
            Truth(unary, target);
            return;
        }
        var operand = Operand(unary.Operand, target);
        _code.Line = unary.Line;
        _code.Emit(unary.Operation switch { LuaToken.Not => LuaOp.Not, LuaToken.Minus => LuaOp.Minus, _ => LuaOp.Length }, target, operand);
    }

    private void Arithmetic(LuaBinary binary, int target)
    {
        var operation = binary.Operation switch
        {
            LuaToken.Plus => LuaOp.Add,
            LuaToken.Minus => LuaOp.Sub,
            LuaToken.Star => LuaOp.Mul,
            LuaToken.Slash => LuaOp.Div,
            LuaToken.Percent => LuaOp.Mod,
            _ => LuaOp.Pow,
        };
        var left = Operand(binary.Left, target);
        if (TryShortConstant(binary.Right, LuaKind.Number, out var constant))
        {
            _code.Line = binary.Line;
            _code.Emit(operation + (LuaOp.AddConstant - LuaOp.Add), target, left, constant);
            return;
        }
        var right = Operand(binary.Right);
        _code.Line = binary.Line;
        _code.Emit(operation, target, left, right);
    }

    private void Concatenation(LuaConcatenation concatenation, int target)
    {
        var first = _free;
        foreach (var part in concatenation.Parts) Next(part);
        _code.Line = concatenation.Line;
        _code.Emit(LuaOp.Concat, target, first, concatenation.Parts.Count);
    }

    /// <summary>The operators <c>and</c> and <c>or</c>: the operand that decides.</summary>
    private void Logical(LuaBinary logical, int target)
    {
        var register = target >= _locals ? target : Allocate();
        Store(logical.Left, register);
        var skip = _code.EmitLong(logical.Operation == LuaToken.And ? LuaOp.JumpIfFalse : LuaOp.JumpIfTrue, register, 0);
        Store(logical.Right, register);
        _code.Patch(skip, _code.Position);
        if (register != target) _code.Emit(LuaOp.Move, target, register);
    }

    /// <summary>The result of a condition as a boolean.</summary>
    private void Truth(LuaExpression condition, int target)
    {
        var whenTrue = new List<int>();
        Condition(condition, true, whenTrue);
        _code.Emit(LuaOp.LoadFalse, target);
        var end = _code.EmitLong(LuaOp.Jump, 0, 0);
        _code.PatchHere(whenTrue);
        _code.Emit(LuaOp.LoadTrue, target);
        _code.Patch(end, _code.Position);
    }

    private static bool IsComparison(LuaToken token) => token
        is LuaToken.Equal or LuaToken.NotEqual or LuaToken.Less or LuaToken.LessEqual or LuaToken.Greater or LuaToken.GreaterEqual;

    /// <summary>Jumps when the condition equals <paramref name="jumpIf"/>; otherwise execution continues.</summary>
    private void Condition(LuaExpression condition, bool jumpIf, List<int> jumps)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var free = _free;
        switch (condition)
        {
            case LuaParenthesized { Inner.IsMulti: false } parenthesized:
                Condition(parenthesized.Inner, jumpIf, jumps);
                break;
            case LuaUnary { Operation: LuaToken.Not } not:
                Condition(not.Operand, !jumpIf, jumps);
                break;
            case LuaBinary { Operation: LuaToken.And or LuaToken.Or } logical when (logical.Operation == LuaToken.Or) == jumpIf:
                Condition(logical.Left, jumpIf, jumps);
                Condition(logical.Right, jumpIf, jumps);
                break;
            case LuaBinary { Operation: LuaToken.And or LuaToken.Or } logical:
                var decided = new List<int>();
                Condition(logical.Left, !jumpIf, decided);
                Condition(logical.Right, jumpIf, jumps);
                _code.PatchHere(decided);
                break;
            case LuaBinary comparison when IsComparison(comparison.Operation):
                Comparison(comparison, jumpIf);
                jumps.Add(_code.EmitLong(LuaOp.Jump, 0, 0));
                break;
            case LuaConstant constant:
                if (constant.Value.IsTruthy == jumpIf) jumps.Add(_code.EmitLong(LuaOp.Jump, 0, 0));
                break;
            default:
                var register = Operand(condition);
                jumps.Add(_code.EmitLong(jumpIf ? LuaOp.JumpIfTrue : LuaOp.JumpIfFalse, register, 0));
                break;
        }
        _free = free;
    }

    private void Comparison(LuaBinary comparison, bool jumpIf)
    {
        var operation = comparison.Operation;
        var isEquality = operation is LuaToken.Equal or LuaToken.NotEqual;
        var expected = operation == LuaToken.NotEqual ? !jumpIf : jumpIf;
        var left = Operand(comparison.Left);
        if (isEquality && comparison.Right is LuaConstant equal && _code.Constant(equal.Value) is var known and <= MostShortConstants)
        {
            _code.Line = comparison.Line;
            _code.Emit(LuaOp.EqualConstant, left, known, 0, expected);
            return;
        }
        if (!isEquality && TryShortConstant(comparison.Right, LuaKind.Number, out var constant))
        {
            _code.Line = comparison.Line;
            var withConstant = operation switch
            {
                LuaToken.Less => LuaOp.LessConstant,
                LuaToken.LessEqual => LuaOp.LessEqualConstant,
                LuaToken.Greater => LuaOp.GreaterConstant,
                _ => LuaOp.GreaterEqualConstant,
            };
            _code.Emit(withConstant, left, constant, 0, expected);
            return;
        }
        var right = Operand(comparison.Right);
        _code.Line = comparison.Line;
        if (operation is LuaToken.Greater or LuaToken.GreaterEqual) (left, right) = (right, left);
        var plain = isEquality ? LuaOp.Equal : operation is LuaToken.Less or LuaToken.Greater ? LuaOp.Less : LuaOp.LessEqual;
        _code.Emit(plain, left, right, 0, expected);
    }

    private void Constructor(LuaConstructor constructor, int target)
    {
        var isInPlace = target >= _locals && target == _free - 1;
        var table = isInPlace ? target : Allocate();
        var elementCount = constructor.Fields.Count(field => field.Key is null);
        _code.Emit(LuaOp.NewTable, table, Math.Min(elementCount, ushort.MaxValue), Math.Min(constructor.Fields.Count - elementCount, ushort.MaxValue));
        var stored = 0;
        var waiting = 0;
        for (var index = 0; index < constructor.Fields.Count; index++)
        {
            var (key, value) = constructor.Fields[index];
            if (key is not null)
            {
                var free = _free;
                SetIndexed(table, key, value, constructor.Line);
                _free = free;
                continue;
            }
            if (index == constructor.Fields.Count - 1 && value.IsMulti)
            {
                Multi(value, 0);
                Flush(table, stored, 0);
                waiting = 0;
                continue;
            }
            Next(value);
            if (++waiting < ConstructorBatch) continue;
            Flush(table, stored, waiting + 1);
            stored += waiting;
            waiting = 0;
        }
        if (waiting > 0) Flush(table, stored, waiting + 1);
        if (!isInPlace) _code.Emit(LuaOp.Move, target, table);
    }

    private void Flush(int table, int stored, int count)
    {
        _code.Emit(LuaOp.SetList, table, count);
        _code.EmitLong(LuaOp.Jump, 0, stored);
        _free = table + 1;
    }

    private void SetIndexed(int table, LuaExpression key, LuaExpression value, int line)
    {
        if (TryShortConstant(key, LuaKind.String, out var name))
        {
            var field = Operand(value);
            _code.Line = line;
            _code.Emit(LuaOp.SetField, table, name, field);
            return;
        }
        var index = Operand(key);
        var stored = Operand(value);
        _code.Line = line;
        _code.Emit(LuaOp.SetIndex, table, index, stored);
    }
}
