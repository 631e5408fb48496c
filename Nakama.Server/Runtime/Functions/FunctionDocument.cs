using System.Globalization;
using System.Reflection;
using System.Text;
using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Generates the page that lists every function that modules can call from the descriptions.</summary>
public static class FunctionDocument
{
    private const string Head = """
        # Functions for game modules

        What Lua modules find in `require("nakama")`. This page is made from the descriptions in
        `Nakama.Server/Runtime/Functions`; do not edit it. `p?` may be left out or nil, `p?=v` then is v, `p!` must be written
        out although it may be nil. Where several results are listed, Lua returns them one after the other, and JavaScript an
        object with these fields in camelCase. C# finds them in `INakama`, with types; a dash there means that .NET has it or that
        `IGameBuilder` registers it.

        """;

    private static readonly Dictionary<string, string> DotNetNames = ReadDotNetNames();

    public static string Write(FunctionCatalog catalog)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var family in catalog.Functions.GroupBy(static function => function.Family))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {family.Key}\n\n| Lua | JavaScript | C# | Results | |\n| --- | --- | --- | --- | --- |\n");
            foreach (var function in family)
                text.Append(CultureInfo.InvariantCulture, $"| `{Lua(function)}` | {JavaScript(function)} | {DotNet(function)} | {Results(function)} | {function.Summary} |\n");
        }

        return text.ToString();
    }

    private static string Lua(FunctionDescription function) =>
        $"{(function.Service is { } service ? $"get_{service}()." : "")}{function.LuaName}({string.Join(", ", function.Parameters.Select(static parameter => parameter.Name + Mark(parameter, parameter.Default)))})";

    /// <summary>Only the name if the parameters are the same.</summary>
    private static string JavaScript(FunctionDescription function)
    {
        if (function.JavaScriptName is not { } member) return "-";
        var name = function.Service is { } service ? $"{FunctionDescription.CamelCase($"get_{service}")}().{member}" : member;
        return function.Parameters.Any(static parameter => parameter.JavaScriptDefault is not null)
            ? $"`{name}({string.Join(", ", function.Parameters.Select(static parameter => parameter.Name + Mark(parameter, parameter.JavaScriptDefault ?? parameter.Default)))})`"
            : $"`{name}`";
    }

    private static string DotNet(FunctionDescription function) =>
        DotNetNames.TryGetValue(function.Name, out var name) ? $"`{name}`" : "-";

    /// <summary>The members of <see cref="INakama"/> and its groups by the functions that they call.</summary>
    private static Dictionary<string, string> ReadDotNetNames()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        Read(typeof(INakama), "");
        foreach (var group in typeof(INakama).GetProperties()) Read(group.PropertyType, group.Name + ".");
        return names;

        void Read(Type type, string prefix)
        {
            foreach (var method in type.GetMethods())
            {
                if (method.GetCustomAttribute<ServerFunctionAttribute>() is { } function) names[function.Name] = prefix + method.Name;
            }
        }
    }

    private static string Results(FunctionDescription function) =>
        function.ResultNames.Count == 0 ? "-" : string.Join(", ", function.ResultNames.Select(static name => $"`{name}`"));

    private static string Mark(ParameterDescription parameter, ScriptValue value)
    {
        if (!parameter.IsOptional) return "";
        var mark = parameter.IsWritten ? "!" : "?";
        return value.Kind switch
        {
            ScriptValueKind.Flag => $"{mark}={(value.AsFlag() ? "true" : "false")}",
            ScriptValueKind.Number => string.Create(CultureInfo.InvariantCulture, $"{mark}={value.AsNumber()}"),
            ScriptValueKind.Text => $"{mark}=\"{value.AsText()}\"",
            _ => mark,
        };
    }
}
