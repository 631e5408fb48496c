using System.Runtime.CompilerServices;

namespace Nakama.Lua.Compiling;

/// <summary>Parses source into a syntax tree in which every name is resolved to a local variable, an upvalue or a global.</summary>
internal sealed partial class LuaParser
{
    private const int MostLevels = 200;
    private const int MostDepth = 1000;

    private readonly LuaLexer _lexer;
    private readonly string _chunkName;
    private LuaNames _names = new(null, new LuaFunctionExpression(0));
    private int _level;
    private LuaException? _problem;

    private LuaParser(ReadOnlyMemory<byte> source, string chunkName)
    {
        _chunkName = chunkName;
        _lexer = new LuaLexer(source, chunkName);
    }

    /// <summary>The whole source as a vararg function without upvalues.</summary>
    public static LuaFunctionExpression Parse(ReadOnlyMemory<byte> source, string chunkName) => new LuaParser(source, chunkName).ParseChunk();

    public static LuaException CompileError(string chunkName, int line, string problem) =>
        new($"compile error near line({line}) {chunkName}: {problem}");

    private LuaFunctionExpression ParseChunk()
    {
        var chunk = _names.Function;
        chunk.IsVararg = true;
        _lexer.Advance();
        chunk.Body = ParseBlock();
        if (_lexer.Token != LuaToken.End) throw Unexpected();
        chunk.LastLine = _lexer.ReachedLine + 1;
        // Errors beyond the grammar are reported only after the whole source has been parsed.
        return _problem is null ? chunk : throw _problem;
    }

    private LuaException Unexpected() => _lexer.Error("syntax error");

    private void Report(int line, string problem) => _problem ??= CompileError(_chunkName, line, problem);

    private bool TryTake(LuaToken token)
    {
        if (_lexer.Token != token) return false;
        _lexer.Advance();
        return true;
    }

    private void Take(LuaToken token)
    {
        if (!TryTake(token)) throw Unexpected();
    }

    private LuaString TakeName()
    {
        var name = _lexer.Text;
        Take(LuaToken.Name);
        return name;
    }

    private void Enter()
    {
        if (++_level > MostLevels || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw _lexer.Error("too many syntax levels");
    }

    private void Leave() => _level--;

    private T Deepen<T>(T expression, LuaExpression first, LuaExpression? second = null)
        where T : LuaExpression
    {
        expression.Depth = Math.Max(first.Depth, second?.Depth ?? 0) + 1;
        return expression.Depth <= MostDepth ? expression : throw _lexer.Error("expression is too long");
    }

    private LuaBlock ParseBlock()
    {
        var mark = _names.Mark();
        var block = ParseOpenBlock();
        _names.Forget(mark);
        return block;
    }

    /// <summary>Parses a block; the caller removes its names from the scope.</summary>
    private LuaBlock ParseOpenBlock()
    {
        Enter();
        var block = new LuaBlock();
        while (!IsBlockEnd())
        {
            if (TryTake(LuaToken.Semicolon)) continue;
            var statement = ParseStatement();
            block.Statements.Add(statement);
            if (statement is not (LuaReturn or LuaBreak)) continue;
            TryTake(LuaToken.Semicolon);
            if (!IsBlockEnd()) throw Unexpected();
        }
        Leave();
        return block;
    }

    private bool IsBlockEnd() =>
        _lexer.Token is LuaToken.End or LuaToken.EndKeyword or LuaToken.Else or LuaToken.ElseIf or LuaToken.Until;

    private LuaStatement ParseStatement()
    {
        var line = _lexer.Line;
        switch (_lexer.Token)
        {
            case LuaToken.If: return ParseIf(line);
            case LuaToken.While:
                _lexer.Advance();
                var condition = ParseExpression();
                Take(LuaToken.Do);
                var loop = new LuaWhile(line, condition, ParseLoopBlock());
                Take(LuaToken.EndKeyword);
                return loop;
            case LuaToken.Do:
                _lexer.Advance();
                var scope = new LuaScope(line, ParseBlock());
                Take(LuaToken.EndKeyword);
                return scope;
            case LuaToken.For: return ParseFor(line);
            case LuaToken.Repeat: return ParseRepeat(line);
            case LuaToken.Function: return ParseFunctionStatement(line);
            case LuaToken.Local:
                _lexer.Advance();
                return TryTake(LuaToken.Function) ? ParseLocalFunction(line) : ParseDeclaration(line);
            case LuaToken.Return:
                _lexer.Advance();
                return new LuaReturn(line, IsBlockEnd() || _lexer.Token == LuaToken.Semicolon ? [] : ParseExpressions());
            case LuaToken.Break:
                _lexer.Advance();
                if (_names.LoopCount == 0) Report(line, "no loop to break");
                return new LuaBreak(line);
            case LuaToken.Goto:
                _lexer.Advance();
                return new LuaGoto(line, TakeName());
            case LuaToken.DoubleColon:
                _lexer.Advance();
                var label = new LuaLabel(line, TakeName());
                Take(LuaToken.DoubleColon);
                return label;
            default: return ParseExpressionStatement(line);
        }
    }

    private LuaBlock ParseLoopBlock()
    {
        _names.LoopCount++;
        var block = ParseBlock();
        _names.LoopCount--;
        return block;
    }

    private LuaIf ParseIf(int line)
    {
        var statement = new LuaIf(line);
        do
        {
            _lexer.Advance();
            var condition = ParseExpression();
            Take(LuaToken.Then);
            statement.Branches.Add((condition, ParseBlock()));
        }
        while (_lexer.Token == LuaToken.ElseIf);
        if (TryTake(LuaToken.Else)) statement.Otherwise = ParseBlock();
        Take(LuaToken.EndKeyword);
        return statement;
    }

    private LuaRepeat ParseRepeat(int line)
    {
        _lexer.Advance();
        var mark = _names.Mark();
        _names.LoopCount++;
        var body = ParseOpenBlock();
        _names.LoopCount--;
        Take(LuaToken.Until);
        var statement = new LuaRepeat(line, body, ParseExpression());
        _names.Forget(mark);
        return statement;
    }

    private LuaStatement ParseFor(int line)
    {
        _lexer.Advance();
        var first = TakeName();
        if (TryTake(LuaToken.Assign)) return ParseNumericFor(line, first);
        var names = new List<LuaString> { first };
        while (TryTake(LuaToken.Comma)) names.Add(TakeName());
        Take(LuaToken.In);
        var values = ParseExpressions();
        Take(LuaToken.Do);
        var statement = new LuaGenericFor(line, [.. names.Select(name => new LuaLocal(name))], values);
        var mark = _names.Mark();
        foreach (var variable in statement.Variables) Declare(variable);
        statement.Body = ParseLoopBlock();
        _names.Forget(mark);
        Take(LuaToken.EndKeyword);
        return statement;
    }

    private LuaNumericFor ParseNumericFor(int line, LuaString name)
    {
        var bounds = new List<LuaExpression> { ParseExpression() };
        Take(LuaToken.Comma);
        bounds.Add(ParseExpression());
        if (TryTake(LuaToken.Comma)) bounds.Add(ParseExpression());
        Take(LuaToken.Do);
        var statement = new LuaNumericFor(line, new LuaLocal(name), bounds);
        var mark = _names.Mark();
        Declare(statement.Variable);
        statement.Body = ParseLoopBlock();
        _names.Forget(mark);
        Take(LuaToken.EndKeyword);
        return statement;
    }

    private LuaAssignment ParseFunctionStatement(int line)
    {
        _lexer.Advance();
        var nameLine = _lexer.Line;
        LuaExpression target = Resolve(nameLine, TakeName());
        var isMethod = false;
        while (!isMethod && _lexer.Token is LuaToken.Dot or LuaToken.Colon)
        {
            isMethod = _lexer.Token == LuaToken.Colon;
            _lexer.Advance();
            target = Deepen(new LuaIndexed(nameLine, target, new LuaConstant(_lexer.Line, TakeName())), target);
        }
        MarkAssigned(target);
        return new LuaAssignment(line, [target], [ParseFunctionBody(line, isMethod)]);
    }

    private LuaLocalFunction ParseLocalFunction(int line)
    {
        var local = new LuaLocal(TakeName()) { IsAssigned = true };
        Declare(local);
        return new LuaLocalFunction(line, local, ParseFunctionBody(line, isMethod: false));
    }

    private LuaStatement ParseDeclaration(int line)
    {
        var locals = new List<LuaLocal>();
        do locals.Add(new LuaLocal(TakeName()));
        while (TryTake(LuaToken.Comma));
        var hasValues = TryTake(LuaToken.Assign);
        // In the dialect a function that is the only value can refer to its own name.
        if (hasValues && locals.Count == 1 && _lexer.Token == LuaToken.Function) return ParseNamedValue(line, locals[0]);
        var statement = new LuaDeclaration(line, locals, hasValues ? ParseExpressions() : []);
        foreach (var local in locals) Declare(local);
        return statement;
    }

    private LuaStatement ParseNamedValue(int line, LuaLocal local)
    {
        Declare(local);
        local.IsAssigned = true;
        var values = ParseExpressions();
        return values is [LuaFunctionExpression function] ? new LuaLocalFunction(line, local, function) : new LuaSelfDeclaration(line, local, values);
    }

    private LuaStatement ParseExpressionStatement(int line)
    {
        var first = ParsePrefix();
        if (_lexer.Token is LuaToken.Assign or LuaToken.Comma) return ParseAssignment(line, first);
        return (first is LuaParenthesized { Inner: LuaInvocation inner } ? inner : first) is LuaInvocation invocation
            ? new LuaInvocationStatement(line, invocation)
            : throw _lexer.Error("parse error");
    }

    private LuaAssignment ParseAssignment(int line, LuaExpression first)
    {
        var targets = new List<LuaExpression>();
        var target = first;
        while (true)
        {
            if (target is LuaInvocation) throw Unexpected();
            if (target is LuaParenthesized) throw _lexer.Error("parse error");
            targets.Add(target);
            if (!TryTake(LuaToken.Comma)) break;
            target = ParsePrefix();
        }
        Take(LuaToken.Assign);
        var values = ParseExpressions();
        foreach (var written in targets) MarkAssigned(written);
        return new LuaAssignment(line, targets, values);
    }

    private static void MarkAssigned(LuaExpression target)
    {
        if (target is LuaLocalName name) name.Local.IsAssigned = true;
    }

    private void Declare(LuaLocal local)
    {
        if (!_names.TryDeclare(local)) Report(0, "too many local variables");
    }

    private LuaExpression Resolve(int line, LuaString name)
    {
        if (_names.Find(name) is { } local) return new LuaLocalName(line, local);
        var upvalue = _names.FindUpvalue(name);
        return upvalue < 0 ? new LuaGlobalName(line, name) : new LuaUpvalueName(line, upvalue, name);
    }
}
