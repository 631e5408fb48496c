using System.Globalization;
using System.Text;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>Generates the page that lists every kind of callback from the descriptions.</summary>
public static class CallbackDocument
{
    private const string Head = """
        # Functions that the server calls

        What game modules may register, and what their functions get and return. Every function gets the context first; languages
        have their own spelling of names (`tick_rate` in Lua is `tickRate` in JavaScript). `p?` may be missing. This page is made from
        `Nakama.Server/Runtime/Callbacks/CallbackTable.cs`; do not edit it. A dash means that modules in this language cannot
        register the function; kinds without any language are described for what is to come.

        | Called when | Gets | Returns | A failure | Lua | JavaScript | C# |
        | --- | --- | --- | --- | --- | --- | --- |

        """;

    public static string Write()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var callback in CallbackTable.All)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {callback.Summary} | {List(callback.Arguments)} | {List(callback.Results)} | {callback.OnFailure} | {Code(callback.LuaName)} | {Code(callback.JavaScriptName)} | {Code(callback.DotNetName)} |\n");
        }

        return text.ToString();
    }

    private static string List(IReadOnlyList<CallbackParameter> parameters) => parameters.Count == 0
        ? "-"
        : string.Join(", ", parameters.Select(static parameter => $"`{parameter.Name}{(parameter.IsOptional ? "?" : "")}` {parameter.Type.ToString().ToLowerInvariant()}"));

    private static string Code(string? name) => name is null ? "-" : $"`{name}`";
}
