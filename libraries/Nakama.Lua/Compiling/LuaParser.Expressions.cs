namespace Nakama.Lua.Compiling;

/// <content>Expressions.</content>
internal sealed partial class LuaParser
{
    private const int UnaryPriority = 8;
    private const int ConcatPriority = 5;

    private List<LuaExpression> ParseExpressions()
    {
        var list = new List<LuaExpression> { ParseExpression() };
        while (TryTake(LuaToken.Comma)) list.Add(ParseExpression());
        return list;
    }

    private LuaExpression ParseExpression() => ParseOperation(0, null);

    /// <summary>Parses operators with a higher precedence than the limit; the first operand may be parsed already.</summary>
    private LuaExpression ParseOperation(int limit, LuaExpression? first)
    {
        Enter();
        var left = first ?? (IsUnary(_lexer.Token) ? ParseUnary() : ParseSimple());
        while (true)
        {
            var operation = _lexer.Token;
            var (leftPriority, rightPriority) = Priority(operation);
            if (leftPriority <= limit) break;
            _lexer.Advance();
            if (operation == LuaToken.Concat)
            {
                left = ParseConcatenation(left);
                continue;
            }
            var right = ParseOperation(rightPriority, null);
            left = Deepen(new LuaBinary(left.Line, operation, left, right), left, right);
        }
        Leave();
        return left;
    }

    private LuaConcatenation ParseConcatenation(LuaExpression first)
    {
        var parts = new List<LuaExpression> { first };
        var deepest = first;
        do
        {
            parts.Add(ParseOperation(ConcatPriority, null));
            if (parts[^1].Depth > deepest.Depth) deepest = parts[^1];
        }
        while (TryTake(LuaToken.Concat));
        return Deepen(new LuaConcatenation(first.Line, parts), deepest);
    }

    private static bool IsUnary(LuaToken token) => token is LuaToken.Not or LuaToken.Minus or LuaToken.Hash;

    private static (int Left, int Right) Priority(LuaToken token) => token switch
    {
        LuaToken.Or => (1, 1),
        LuaToken.And => (2, 2),
        LuaToken.Less or LuaToken.Greater or LuaToken.LessEqual or LuaToken.GreaterEqual or LuaToken.Equal or LuaToken.NotEqual => (3, 3),
        LuaToken.Concat => (ConcatPriority, 4),
        LuaToken.Plus or LuaToken.Minus => (6, 6),
        LuaToken.Star or LuaToken.Slash or LuaToken.Percent => (7, 7),
        LuaToken.Caret => (10, 9),
        _ => (0, 0),
    };

    private LuaExpression ParseUnary()
    {
        var line = _lexer.Line;
        var operation = _lexer.Token;
        _lexer.Advance();
        var operand = ParseOperation(UnaryPriority, null);
        if (operation == LuaToken.Minus && operand is LuaConstant { Value.IsNumber: true } constant)
        {
            return new LuaConstant(line, new LuaValue(-constant.Value.Double));
        }
        return Deepen(new LuaUnary(line, operation, operand), operand);
    }

    private LuaExpression ParseSimple()
    {
        var line = _lexer.Line;
        switch (_lexer.Token)
        {
            case LuaToken.Number: return Literal(new LuaValue(_lexer.Number));
            case LuaToken.String: return Literal(new LuaValue(_lexer.Text));
            case LuaToken.Nil: return Literal(default);
            case LuaToken.True: return Literal(true);
            case LuaToken.False: return Literal(false);
            case LuaToken.OpenBrace: return ParseConstructor();
            case LuaToken.Dots:
                _lexer.Advance();
                if (!_names.Function.IsVararg) Report(line, "cannot use '...' outside a vararg function");
                _names.Function.UsesVarargs = true;
                return new LuaVarargs(line);
            case LuaToken.Function:
                _lexer.Advance();
                return ParseFunctionBody(line, isMethod: false);
            default: return ParsePrefix();
        }
    }

    private LuaConstant Literal(LuaValue value)
    {
        var literal = new LuaConstant(_lexer.Line, value);
        _lexer.Advance();
        return literal;
    }

    private LuaExpression ParsePrefix()
    {
        var line = _lexer.Line;
        if (_lexer.Token == LuaToken.Name) return ParseSuffixes(Resolve(line, TakeName()));
        if (!TryTake(LuaToken.OpenParenthesis)) throw Unexpected();
        var inner = ParseExpression();
        Take(LuaToken.CloseParenthesis);
        return ParseSuffixes(Deepen(new LuaParenthesized(line, inner), inner));
    }

    private LuaExpression ParseSuffixes(LuaExpression target)
    {
        while (true)
        {
            switch (_lexer.Token)
            {
                case LuaToken.Dot:
                    _lexer.Advance();
                    target = Deepen(new LuaIndexed(target.Line, target, new LuaConstant(_lexer.Line, TakeName())), target);
                    break;
                case LuaToken.OpenBracket:
                    _lexer.Advance();
                    var key = ParseExpression();
                    Take(LuaToken.CloseBracket);
                    target = Deepen(new LuaIndexed(target.Line, target, key), target, key);
                    break;
                case LuaToken.Colon:
                    _lexer.Advance();
                    var method = TakeName();
                    target = ParseInvocation(target, method);
                    break;
                case LuaToken.OpenParenthesis or LuaToken.String or LuaToken.OpenBrace:
                    target = ParseInvocation(target, null);
                    break;
                default: return target;
            }
        }
    }

    private LuaInvocation ParseInvocation(LuaExpression target, LuaString? method)
    {
        List<LuaExpression> arguments;
        switch (_lexer.Token)
        {
            case LuaToken.String:
                arguments = [Literal(new LuaValue(_lexer.Text))];
                break;
            case LuaToken.OpenBrace:
                arguments = [ParseConstructor()];
                break;
            case LuaToken.OpenParenthesis:
                _lexer.Advance();
                arguments = _lexer.Token == LuaToken.CloseParenthesis ? [] : ParseExpressions();
                Take(LuaToken.CloseParenthesis);
                break;
            default: throw Unexpected();
        }
        var deepest = target;
        foreach (var argument in arguments)
        {
            if (argument.Depth > deepest.Depth) deepest = argument;
        }
        return Deepen(new LuaInvocation(target.Line, target, method, arguments), deepest);
    }

    private LuaConstructor ParseConstructor()
    {
        var line = _lexer.Line;
        Take(LuaToken.OpenBrace);
        var fields = new List<LuaField>();
        while (_lexer.Token != LuaToken.CloseBrace)
        {
            fields.Add(ParseField());
            if (_lexer.Token is not (LuaToken.Comma or LuaToken.Semicolon)) break;
            while (TryTake(LuaToken.Comma) || TryTake(LuaToken.Semicolon))
            {
            }
        }
        Take(LuaToken.CloseBrace);
        var constructor = new LuaConstructor(line, fields);
        foreach (var (key, value) in fields) constructor.Depth = Math.Max(constructor.Depth, Math.Max(key?.Depth ?? 0, value.Depth) + 1);
        return constructor.Depth <= MostDepth ? constructor : throw _lexer.Error("expression is too long");
    }

    private LuaField ParseField()
    {
        if (TryTake(LuaToken.OpenBracket))
        {
            var key = ParseExpression();
            Take(LuaToken.CloseBracket);
            Take(LuaToken.Assign);
            return new LuaField(key, ParseExpression());
        }
        if (_lexer.Token != LuaToken.Name) return new LuaField(null, ParseExpression());
        var line = _lexer.Line;
        var name = TakeName();
        if (TryTake(LuaToken.Assign)) return new LuaField(new LuaConstant(line, name), ParseExpression());
        return new LuaField(null, ParseOperation(0, ParseSuffixes(Resolve(line, name))));
    }

    private LuaFunctionExpression ParseFunctionBody(int line, bool isMethod)
    {
        Enter();
        var function = new LuaFunctionExpression(line);
        _names = new LuaNames(_names, function);
        if (isMethod) AddParameter(LuaString.From("self"));
        Take(LuaToken.OpenParenthesis);
        if (!TryTake(LuaToken.CloseParenthesis))
        {
            do
            {
                if (TryTake(LuaToken.Dots))
                {
                    function.IsVararg = true;
                    break;
                }
                AddParameter(TakeName());
            }
            while (TryTake(LuaToken.Comma));
            Take(LuaToken.CloseParenthesis);
        }
        if (function.IsVararg)
        {
            function.Arg = new LuaLocal(LuaString.From("arg"));
            Declare(function.Arg);
        }
        function.Body = ParseBlock();
        function.LastLine = _lexer.Line;
        Take(LuaToken.EndKeyword);
        _names = _names.Outer!;
        Leave();
        return function;
    }

    private void AddParameter(LuaString name)
    {
        var parameter = new LuaLocal(name);
        _names.Function.Parameters.Add(parameter);
        Declare(parameter);
    }
}
