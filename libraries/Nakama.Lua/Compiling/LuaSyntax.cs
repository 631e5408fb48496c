namespace Nakama.Lua.Compiling;

/// <summary>A local variable, as the parser resolves it.</summary>
internal sealed class LuaLocal(LuaString name)
{
    public readonly LuaString Name = name;

    /// <summary>Whether an inner function uses the variable, so that it must be in a cell.</summary>
    public bool IsCaptured;

    /// <summary>Whether the variable is written after its declaration.</summary>
    public bool IsAssigned;

    /// <summary>The register, assigned when code is generated.</summary>
    public int Register = -1;
}

/// <summary>The source of an upvalue when a closure is created: a variable or an upvalue of the enclosing function.</summary>
internal readonly record struct LuaUpvalue(LuaLocal? Local, int Outer);

internal abstract class LuaExpression(int line)
{
    public readonly int Line = line;

    /// <summary>The depth of the subtree, as far as code generation recurses into it.</summary>
    public int Depth = 1;

    /// <summary>Whether it can have any number of values.</summary>
    public virtual bool IsMulti => false;
}

internal sealed class LuaConstant(int line, LuaValue value) : LuaExpression(line)
{
    public readonly LuaValue Value = value;
}

internal sealed class LuaVarargs(int line) : LuaExpression(line)
{
    public override bool IsMulti => true;
}

internal sealed class LuaLocalName(int line, LuaLocal local) : LuaExpression(line)
{
    public readonly LuaLocal Local = local;
}

internal sealed class LuaUpvalueName(int line, int index, LuaString name) : LuaExpression(line)
{
    public readonly int Index = index;
    public readonly LuaString Name = name;
}

internal sealed class LuaGlobalName(int line, LuaString name) : LuaExpression(line)
{
    public readonly LuaString Name = name;
}

internal sealed class LuaIndexed(int line, LuaExpression target, LuaExpression key) : LuaExpression(line)
{
    public readonly LuaExpression Target = target;
    public readonly LuaExpression Key = key;
}

internal sealed class LuaInvocation(int line, LuaExpression target, LuaString? method, List<LuaExpression> arguments) : LuaExpression(line)
{
    public readonly LuaExpression Target = target;
    public readonly LuaString? Method = method;
    public readonly List<LuaExpression> Arguments = arguments;

    public override bool IsMulti => true;
}

internal sealed class LuaParenthesized(int line, LuaExpression inner) : LuaExpression(line)
{
    public readonly LuaExpression Inner = inner;
}

internal sealed class LuaUnary(int line, LuaToken operation, LuaExpression operand) : LuaExpression(line)
{
    public readonly LuaToken Operation = operation;
    public readonly LuaExpression Operand = operand;
}

internal sealed class LuaBinary(int line, LuaToken operation, LuaExpression left, LuaExpression right) : LuaExpression(line)
{
    public readonly LuaToken Operation = operation;
    public readonly LuaExpression Left = left;
    public readonly LuaExpression Right = right;
}

/// <summary>All operands of a chain of <c>..</c>, which are concatenated from the right.</summary>
internal sealed class LuaConcatenation(int line, List<LuaExpression> parts) : LuaExpression(line)
{
    public readonly List<LuaExpression> Parts = parts;
}

internal sealed class LuaFunctionExpression(int line) : LuaExpression(line)
{
    public readonly List<LuaLocal> Parameters = [];
    public readonly List<LuaUpvalue> Upvalues = [];
    public LuaBlock Body = null!;
    public bool IsVararg;

    /// <summary>The variable <c>arg</c> of a vararg function; filled only where the function does not use <c>...</c> itself.</summary>
    public LuaLocal? Arg;
    public bool UsesVarargs;
    public int LastLine;
}

/// <summary>A field of a table constructor; a null key is the next integer.</summary>
internal readonly record struct LuaField(LuaExpression? Key, LuaExpression Value);

internal sealed class LuaConstructor(int line, List<LuaField> fields) : LuaExpression(line)
{
    public readonly List<LuaField> Fields = fields;
}

internal sealed class LuaBlock
{
    public readonly List<LuaStatement> Statements = [];
}

internal abstract class LuaStatement(int line)
{
    public readonly int Line = line;
}

internal sealed class LuaAssignment(int line, List<LuaExpression> targets, List<LuaExpression> values) : LuaStatement(line)
{
    public readonly List<LuaExpression> Targets = targets;
    public readonly List<LuaExpression> Values = values;
}

internal sealed class LuaDeclaration(int line, List<LuaLocal> locals, List<LuaExpression> values) : LuaStatement(line)
{
    public readonly List<LuaLocal> Locals = locals;
    public readonly List<LuaExpression> Values = values;
}

internal sealed class LuaLocalFunction(int line, LuaLocal local, LuaFunctionExpression function) : LuaStatement(line)
{
    public readonly LuaLocal Local = local;
    public readonly LuaFunctionExpression Function = function;
}

/// <summary>A variable that is in scope in its own initial value.</summary>
internal sealed class LuaSelfDeclaration(int line, LuaLocal local, List<LuaExpression> values) : LuaStatement(line)
{
    public readonly LuaLocal Local = local;
    public readonly List<LuaExpression> Values = values;
}

internal sealed class LuaInvocationStatement(int line, LuaInvocation invocation) : LuaStatement(line)
{
    public readonly LuaInvocation Invocation = invocation;
}

internal sealed class LuaScope(int line, LuaBlock body) : LuaStatement(line)
{
    public readonly LuaBlock Body = body;
}

internal sealed class LuaWhile(int line, LuaExpression condition, LuaBlock body) : LuaStatement(line)
{
    public readonly LuaExpression Condition = condition;
    public readonly LuaBlock Body = body;
}

internal sealed class LuaRepeat(int line, LuaBlock body, LuaExpression condition) : LuaStatement(line)
{
    public readonly LuaBlock Body = body;
    public readonly LuaExpression Condition = condition;
}

internal sealed class LuaIf(int line) : LuaStatement(line)
{
    public readonly List<(LuaExpression Condition, LuaBlock Body)> Branches = [];
    public LuaBlock? Otherwise;
}

internal sealed class LuaNumericFor(int line, LuaLocal variable, List<LuaExpression> bounds) : LuaStatement(line)
{
    public readonly LuaLocal Variable = variable;
    public readonly List<LuaExpression> Bounds = bounds;
    public LuaBlock Body = null!;
}

internal sealed class LuaGenericFor(int line, List<LuaLocal> variables, List<LuaExpression> values) : LuaStatement(line)
{
    public readonly List<LuaLocal> Variables = variables;
    public readonly List<LuaExpression> Values = values;
    public LuaBlock Body = null!;
}

internal sealed class LuaReturn(int line, List<LuaExpression> values) : LuaStatement(line)
{
    public readonly List<LuaExpression> Values = values;
}

internal sealed class LuaBreak(int line) : LuaStatement(line);

internal sealed class LuaGoto(int line, LuaString label) : LuaStatement(line)
{
    public readonly LuaString Label = label;
}

internal sealed class LuaLabel(int line, LuaString name) : LuaStatement(line)
{
    public readonly LuaString Name = name;
}
