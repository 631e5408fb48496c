using System.Text;

namespace Nakama.Server.Runtime.Functions;

/// <summary>
/// One function that modules call: its name, parameters, results and implementation. Defined once; each language creates
/// its own function from it.
/// </summary>
public sealed class FunctionDescription(string family, string name, string summary)
{
    private readonly List<ParameterDescription> _parameters = [];

    /// <summary>The heading in the documentation.</summary>
    public string Family { get; } = family;

    /// <summary>The name in snake_case, as used by Lua.</summary>
    public string Name { get; } = name;

    public string Summary { get; } = summary;

    public IReadOnlyList<ParameterDescription> Parameters => _parameters;

    /// <summary>The names of the results. Lua returns several values, JavaScript an object with these fields.</summary>
    public IReadOnlyList<string> ResultNames { get; private set; } = [];

    /// <summary>The name in JavaScript; null when JavaScript has no such function.</summary>
    public string? JavaScriptName { get; private set; } = CamelCase(name);

    /// <summary>The service whose object has the function, as <c>satori</c>; null for functions of the module itself.</summary>
    public string? Service { get; private set; }

    /// <summary>The name that Lua calls.</summary>
    public string LuaName => Service is null ? Name : Name[(Service.Length + 1)..];

    /// <summary>Whether it calls a function that the script passes.</summary>
    public bool TakesFunction => _parameters.Exists(static parameter => parameter.Kind == ParameterKind.Function);

    /// <summary>Whether Lua has the function.</summary>
    public bool IsInLua { get; private set; } = true;

    /// <summary>The parameters in the order of JavaScript, by their index; null when the order is the same.</summary>
    public IReadOnlyList<int>? JavaScriptOrder { get; private set; }

    /// <summary>Set for functions that never wait.</summary>
    public FunctionBody? Body { get; private set; }

    /// <summary>Set for functions that may have to wait.</summary>
    public WaitingFunctionBody? WaitingBody { get; private set; }

    /// <param name="name">The name of the parameter.</param>
    /// <param name="whenEmpty">The error for an empty text; null when it may be empty.</param>
    public FunctionDescription Text(string name, LanguageText? whenEmpty = null) =>
        Add(new(name, ParameterKind.Text) { WhenEmpty = whenEmpty });

    public FunctionDescription OptionalText(string name, string? defaultText = null) =>
        Add(new(name, ParameterKind.Text) { IsOptional = true, Default = ScriptValue.Of(defaultText) });

    /// <inheritdoc cref="Text"/>
    public FunctionDescription Bytes(string name, LanguageText? whenEmpty = null) =>
        Add(new(name, ParameterKind.Bytes) { WhenEmpty = whenEmpty });

    /// <summary>Bytes that may not be given as a text.</summary>
    public FunctionDescription Buffer(string name) => Add(new(name, ParameterKind.Buffer));

    public FunctionDescription Flag(string name) => Add(new(name, ParameterKind.Flag));

    /// <summary>A flag without a default: when it is not given, it is neither true nor false.</summary>
    public FunctionDescription OptionalFlag(string name) => Add(new(name, ParameterKind.Flag) { IsOptional = true });

    public FunctionDescription OptionalFlag(string name, bool defaultFlag, bool? inJavaScript = null) => Add(new(name, ParameterKind.Flag)
    {
        IsOptional = true,
        Default = ScriptValue.Of(defaultFlag),
        JavaScriptDefault = inJavaScript is { } flag ? ScriptValue.Of(flag) : null,
    });

    public FunctionDescription Number(string name) => Add(new(name, ParameterKind.Number));

    public FunctionDescription Whole(string name) => Add(new(name, ParameterKind.Whole));

    /// <summary>A number that only JavaScript may leave out.</summary>
    public FunctionDescription WholeOrInJavaScript(string name, long defaultNumber) =>
        Add(new(name, ParameterKind.Whole) { JavaScriptDefault = ScriptValue.Of((double)defaultNumber) });

    /// <param name="name">The name of the parameter.</param>
    /// <param name="defaultNumber">The default value; null leaves the parameter unset.</param>
    public FunctionDescription OptionalWhole(string name, long? defaultNumber = null) => Add(new(name, ParameterKind.Whole)
    {
        IsOptional = true,
        Default = defaultNumber is { } number ? ScriptValue.Of((double)number) : default,
    });

    /// <param name="name">The name of the parameter.</param>
    /// <param name="whenInvalid">The error for a text that is not an identifier.</param>
    /// <param name="whenEmpty">The error for an empty text, if different.</param>
    public FunctionDescription Id(string name, LanguageText whenInvalid, LanguageText? whenEmpty = null) =>
        Add(new(name, ParameterKind.Id) { WhenInvalid = whenInvalid, WhenEmpty = whenEmpty });

    /// <summary>An identifier that may be absent; an empty text counts as absent.</summary>
    public FunctionDescription OptionalId(string name, LanguageText whenInvalid) =>
        Add(new(name, ParameterKind.Id) { IsOptional = true, WhenInvalid = whenInvalid });

    /// <param name="name">The name of the parameter.</param>
    /// <param name="whenNoTable">The error of JavaScript for another kind of value.</param>
    public FunctionDescription Table(string name, LanguageText? whenNoTable = null) =>
        Add(new(name, ParameterKind.Table) { WhenNoTable = whenNoTable });

    /// <inheritdoc cref="Table"/>
    public FunctionDescription OptionalTable(string name, LanguageText? whenNoTable = null) =>
        Add(new(name, ParameterKind.Table) { IsOptional = true, WhenNoTable = whenNoTable });

    /// <param name="name">The name of the parameter.</param>
    /// <param name="whenNoFunction">The error of JavaScript for another value.</param>
    public FunctionDescription Function(string name, string whenNoFunction = "expects a function") =>
        Add(new(name, ParameterKind.Function) { WhenInvalid = whenNoFunction });

    /// <summary>Any value including nil, but it must be passed explicitly.</summary>
    public FunctionDescription Any(string name) => Add(new(name, ParameterKind.Any));

    public FunctionDescription OptionalAny(string name) => Add(new(name, ParameterKind.Any) { IsOptional = true });

    /// <summary>The last parameter must be passed explicitly in Lua, even as nil.</summary>
    public FunctionDescription Written()
    {
        _parameters[^1] = _parameters[^1] with { IsWritten = true };
        return this;
    }

    /// <summary>The last parameter may be left out in JavaScript.</summary>
    public FunctionDescription OptionalInJavaScript()
    {
        _parameters[^1] = _parameters[^1] with { JavaScriptDefault = ScriptValue.Null };
        return this;
    }

    /// <summary>JavaScript refuses null for the last parameter, but not undefined.</summary>
    public FunctionDescription NotNull()
    {
        _parameters[^1] = _parameters[^1] with { Absence = AbsenceInJavaScript.Undefined };
        return this;
    }

    /// <summary>JavaScript must pass the last parameter.</summary>
    public FunctionDescription NeededInJavaScript()
    {
        _parameters[^1] = _parameters[^1] with { Absence = AbsenceInJavaScript.Never };
        return this;
    }

    /// <summary>The last parameter is a text or bytes.</summary>
    /// <param name="whenNoText">The error of JavaScript for another kind of value.</param>
    public FunctionDescription RefusedInJavaScript(string whenNoText)
    {
        _parameters[^1] = _parameters[^1] with { WhenNoText = whenNoText };
        return this;
    }

    /// <summary>JavaScript must pass an array for the last parameter.</summary>
    /// <param name="whenNoArray">The error for another value.</param>
    public FunctionDescription Array(string whenNoArray)
    {
        _parameters[^1] = _parameters[^1] with { WhenNoArray = whenNoArray, WhenNoTable = whenNoArray };
        return this;
    }

    public FunctionDescription Returns(params string[] names)
    {
        ResultNames = names;
        return this;
    }

    /// <summary>For functions of the object of a service, whose names begin with its name.</summary>
    public FunctionDescription MemberOf(string service)
    {
        Service = service;
        JavaScriptName = CamelCase(LuaName);
        return this;
    }

    /// <summary>For names that are not the Lua name in camelCase.</summary>
    public FunctionDescription NamedInJavaScript(string name)
    {
        JavaScriptName = name;
        return this;
    }

    /// <summary>For functions that only Lua has, because JavaScript has an equivalent of its own.</summary>
    public FunctionDescription OnlyInLua()
    {
        JavaScriptName = null;
        return this;
    }

    /// <summary>For functions that only JavaScript has.</summary>
    public FunctionDescription OnlyInJavaScript()
    {
        IsInLua = false;
        return this;
    }

    /// <summary>For functions that take their parameters in another order in JavaScript.</summary>
    public FunctionDescription OrderedInJavaScript(params string[] names)
    {
        JavaScriptOrder = [.. names.Select(name => _parameters.FindIndex(parameter => parameter.Name == name))];
        return this;
    }

    public void Does(FunctionBody body) => Body = body;

    public void Does(WaitingFunctionBody body) => WaitingBody = body;

    /// <summary>The JavaScript spelling of a name.</summary>
    internal static string CamelCase(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '_') text.Append(char.ToUpperInvariant(name[++i]));
            else text.Append(name[i]);
        }

        return text.ToString();
    }

    private FunctionDescription Add(ParameterDescription parameter)
    {
        _parameters.Add(parameter);
        return this;
    }
}
