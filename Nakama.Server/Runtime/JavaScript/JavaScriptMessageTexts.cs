using System.Text.RegularExpressions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Messages of the engine in the wording that modules and clients know. Only errors that leave the module are reworded.
/// </summary>
internal static partial class JavaScriptMessageTexts
{
    public static string Mapped(string text)
    {
        if (text.StartsWith("TypeError: ", StringComparison.Ordinal))
        {
            if (UnreadableMember().Match(text) is { Success: true } read) return $"TypeError: Cannot read property '{read.Groups[1].Value}' of undefined";
            if (MissingMember().Match(text) is { Success: true } called) return $"TypeError: Object has no member '{called.Groups[1].Value}'";
        }
        else if (text.StartsWith("SyntaxError: Unexpected end of JSON input", StringComparison.Ordinal))
        {
            return "SyntaxError: Unexpected end of JSON input (EOF)";
        }
        else if (text == "URIError: URI malformed")
        {
            return "URIError: Malformed URI";
        }

        return text;
    }

    [GeneratedRegex(@"^TypeError: Cannot read propert(?:ies|y) .*?(?:reading )?'([^']*)'")]
    private static partial Regex UnreadableMember();

    [GeneratedRegex("^TypeError: Property '([^']*)' of object is not a function$")]
    private static partial Regex MissingMember();
}
