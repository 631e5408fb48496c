namespace Nakama.Lua.Compiling;

/// <summary>Generates code from the syntax tree of one function.</summary>
internal sealed partial class LuaGenerator
{
    private const int MostRegisters = 60000;
    private const int MostShortConstants = ushort.MaxValue;

    private readonly LuaFunctionExpression _function;
    private readonly string _chunkName;
    private readonly LuaCode _code = new();
    private readonly List<LuaFunctionProto> _protos = [];
    private readonly Stack<List<int>> _breaks = [];
    private LuaLabels _labels;
    private int _free;
    private int _locals;
    private int _most = 2;

    private LuaGenerator(LuaFunctionExpression function, string chunkName)
    {
        _function = function;
        _chunkName = chunkName;
        _labels = new LuaLabels(null, 0);
    }

    public static LuaFunctionProto Generate(LuaFunctionExpression function, string chunkName) =>
        new LuaGenerator(function, chunkName).Generate();

    private LuaFunctionProto Generate()
    {
        _code.Line = _function.Line;
        foreach (var parameter in _function.Parameters) Activate(parameter, Allocate());
        if (_function.Arg is { } arg)
        {
            var register = Allocate();
            if (_function.UsesVarargs) _code.Emit(LuaOp.LoadNil, register, 1);
            else _code.Emit(LuaOp.ArgTable, register);
            Activate(arg, register);
        }
        Block(_function.Body);
        if (_labels.Unresolved is { } missing) throw MissingLabel(missing);
        _code.Line = _function.LastLine;
        _code.Emit(LuaOp.ReturnNone, 0);
        return new LuaFunctionProto
        {
            Code = _code.Instructions,
            Constants = _code.Constants,
            Protos = [.. _protos],
            Upvalues = [.. _function.Upvalues.Select(upvalue => upvalue.Local?.Register ?? ~upvalue.Outer)],
            ParameterCount = _function.Parameters.Count,
            IsVararg = _function.IsVararg,
            RegisterCount = _most,
            Lines = _code.Lines,
            CallNames = _code.CallNames,
            ChunkName = _chunkName,
            Line = _function.Line,
        };
    }

    private LuaException MissingLabel(LuaPendingGoto missing) =>
        LuaParser.CompileError(_chunkName, _function.LastLine, $"no visible label '{missing.Name}' for <goto> at line {missing.Line}");

    private int Allocate(int count = 1)
    {
        var register = _free;
        _free += count;
        Reach(_free);
        return register;
    }

    private void Reach(int registers)
    {
        if (registers <= _most) return;
        if (registers > MostRegisters) throw LuaParser.CompileError(_chunkName, _code.Line, "function or expression too complex");
        _most = registers;
    }

    /// <summary>Assigns a register, which holds the initial value, to a variable.</summary>
    private void Activate(LuaLocal local, int register)
    {
        local.Register = register;
        if (local.IsCaptured) _code.Emit(LuaOp.NewCell, register);
        _locals = register + 1;
    }

    private void Block(LuaBlock block)
    {
        var (free, locals) = (_free, _locals);
        _labels = new LuaLabels(_labels, _locals);
        Statements(block);
        LeaveBlock(free, locals);
    }

    private void LeaveBlock(int free, int locals)
    {
        _labels = _labels.Close();
        (_free, _locals) = (free, locals);
    }

    private void Statements(LuaBlock block)
    {
        for (var index = 0; index < block.Statements.Count; index++)
        {
            var statement = block.Statements[index];
            _code.Line = statement.Line;
            if (statement is LuaLabel label) Label(label, IsLast(block, index));
            else Statement(statement);
            _free = _locals;
        }
    }

    private static bool IsLast(LuaBlock block, int index)
    {
        for (var next = index + 1; next < block.Statements.Count; next++)
        {
            if (block.Statements[next] is not LuaLabel) return false;
        }
        return true;
    }

    private void Statement(LuaStatement statement)
    {
        switch (statement)
        {
            case LuaDeclaration declaration: Declaration(declaration); break;
            case LuaAssignment assignment: Assignment(assignment); break;
            case LuaInvocationStatement call: Invocation(call.Invocation, 1); break;
            case LuaLocalFunction function: LocalFunction(function); break;
            case LuaSelfDeclaration declaration: SelfDeclaration(declaration); break;
            case LuaIf conditional: If(conditional); break;
            case LuaWhile loop: While(loop); break;
            case LuaNumericFor loop: NumericFor(loop); break;
            case LuaGenericFor loop: GenericFor(loop); break;
            case LuaRepeat loop: Repeat(loop); break;
            case LuaScope scope: Block(scope.Body); break;
            case LuaReturn result: Return(result); break;
            case LuaBreak: _breaks.Peek().Add(_code.EmitLong(LuaOp.Jump, 0, 0)); break;
            case LuaGoto jump: Goto(jump); break;
        }
    }

    private void Declaration(LuaDeclaration declaration)
    {
        var first = _free;
        Values(declaration.Values, declaration.Locals.Count);
        for (var index = 0; index < declaration.Locals.Count; index++) Activate(declaration.Locals[index], first + index);
    }

    private void LocalFunction(LuaLocalFunction statement)
    {
        var register = Allocate();
        if (!statement.Local.IsCaptured)
        {
            Closure(statement.Function, register);
            Activate(statement.Local, register);
            return;
        }
        _code.Emit(LuaOp.LoadNil, register, 1);
        Activate(statement.Local, register);
        var closure = Allocate();
        Closure(statement.Function, closure);
        _code.Emit(LuaOp.SetCell, register, closure);
    }

    private void SelfDeclaration(LuaSelfDeclaration statement)
    {
        var register = Allocate();
        _code.Emit(LuaOp.LoadNil, register, 1);
        Activate(statement.Local, register);
        Assignment(new LuaAssignment(statement.Line, [new LuaLocalName(statement.Line, statement.Local)], statement.Values));
    }

    private void If(LuaIf statement)
    {
        var ends = new List<int>();
        for (var index = 0; index < statement.Branches.Count; index++)
        {
            var (condition, body) = statement.Branches[index];
            var next = new List<int>();
            Condition(condition, false, next);
            _free = _locals;
            Block(body);
            if (index < statement.Branches.Count - 1 || statement.Otherwise is not null) ends.Add(_code.EmitLong(LuaOp.Jump, 0, 0));
            _code.PatchHere(next);
        }
        if (statement.Otherwise is { } otherwise) Block(otherwise);
        _code.PatchHere(ends);
    }

    private void While(LuaWhile loop)
    {
        var start = _code.Position;
        var exits = new List<int>();
        Condition(loop.Condition, false, exits);
        _free = _locals;
        _breaks.Push(exits);
        Block(loop.Body);
        JumpBack(start);
        _code.PatchHere(_breaks.Pop());
    }

    private void Repeat(LuaRepeat loop)
    {
        var start = _code.Position;
        var (free, locals) = (_free, _locals);
        _breaks.Push([]);
        _labels = new LuaLabels(_labels, _locals, isOpenAtEnd: true);
        Statements(loop.Body);
        var exits = new List<int>();
        Condition(loop.Condition, true, exits);
        JumpBack(start);
        _code.PatchHere(exits);
        LeaveBlock(free, locals);
        _code.PatchHere(_breaks.Pop());
    }

    private void JumpBack(int target) => _code.Patch(_code.EmitLong(LuaOp.Loop, 0, 0), target);

    private void NumericFor(LuaNumericFor loop)
    {
        var (free, locals) = (_free, _locals);
        var first = _free;
        foreach (var bound in loop.Bounds) Next(bound);
        if (loop.Bounds.Count == 2) Next(new LuaConstant(loop.Line, new LuaValue(1)));
        _locals = _free;
        var isByOne = loop.Bounds.Count == 2 || loop.Bounds[2] is LuaConstant { Value: { IsNumber: true, Double: 1 } };
        // The body uses the index register itself unless it could modify or capture it.
        var isCopied = loop.Variable.IsCaptured || loop.Variable.IsAssigned;
        var prepare = _code.EmitLong(LuaOp.ForPrepare, first, 0, isCopied);
        var start = _code.Position;
        if (isCopied) Activate(loop.Variable, Allocate());
        else loop.Variable.Register = first;
        _breaks.Push([]);
        Block(loop.Body);
        _code.Line = loop.Line;
        _code.Patch(prepare, _code.Position + 1);
        _code.Patch(_code.EmitLong(isByOne ? LuaOp.ForLoopByOne : LuaOp.ForLoop, first, 0, isCopied), start);
        _code.PatchHere(_breaks.Pop());
        (_free, _locals) = (free, locals);
    }

    private void GenericFor(LuaGenericFor loop)
    {
        var (free, locals) = (_free, _locals);
        var first = _free;
        Values(loop.Values, 3);
        _locals = _free;
        var prepare = _code.EmitLong(LuaOp.IteratePrepare, first, 0);
        var start = _code.Position;
        // The call of the iterator needs these registers, even for a single variable.
        Reach(_free + Math.Max(3, loop.Variables.Count));
        var variable = Allocate(loop.Variables.Count);
        for (var index = 0; index < loop.Variables.Count; index++) Activate(loop.Variables[index], variable + index);
        _breaks.Push([]);
        Block(loop.Body);
        _code.Line = loop.Line;
        _code.Patch(prepare, _code.Position);
        _code.Emit(LuaOp.Iterate, first, 0, loop.Variables.Count);
        _code.Patch(_code.EmitLong(LuaOp.IterateLoop, first, 0), start);
        _code.PatchHere(_breaks.Pop());
        (_free, _locals) = (free, locals);
    }

    private void Return(LuaReturn statement)
    {
        switch (statement.Values)
        {
            case []:
                _code.Emit(LuaOp.ReturnNone, 0);
                break;
            case [LuaInvocation call]:
                Invocation(call, 0, isTail: true);
                break;
            case [{ IsMulti: false } single]:
                _code.Emit(LuaOp.ReturnOne, Operand(single));
                break;
            default:
                var first = _free;
                var isOpen = OpenValues(statement.Values);
                _code.Emit(LuaOp.Return, first, isOpen ? 0 : statement.Values.Count + 1);
                break;
        }
    }

    private void Goto(LuaGoto jump)
    {
        if (_labels.Find(jump.Label) is { } label) JumpBack(label.Position);
        else _labels.Add(new LuaPendingGoto(jump.Label, jump.Line, _code.EmitLong(LuaOp.Jump, 0, 0), _locals));
    }

    private void Label(LuaLabel label, bool isLast)
    {
        if (_labels.Find(label.Name) is { } other)
        {
            throw LuaParser.CompileError(_chunkName, _function.LastLine, $"label '{label.Name}' already defined on line {other.Line}");
        }
        var entered = _labels.Define(label.Name, label.Line, _code, isLast && !_labels.IsOpenAtEnd ? 0 : _locals);
        if (entered is { } bad)
        {
            throw LuaParser.CompileError(_chunkName, _function.LastLine, $"<goto {bad.Name}> at line {bad.Line} jumps into the scope of a local");
        }
    }
}
