using System.Text;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Conversions between text and bytes for languages whose strings are not bytes.</summary>
internal sealed class TextFunctions : IFunctionModule
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Name => "Text";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("string_to_binary", "The UTF-8 bytes of a text.").Text("text").RefusedInJavaScript("expects a string").Returns("bytes").OnlyInJavaScript()
            .Does(static call => ScriptValue.Of(call.Bytes(0)));
        functions.Function("binary_to_string", "The text of UTF-8 bytes.").Buffer("bytes").Returns("text").OnlyInJavaScript().Does(ToText);
    }

    private static ScriptValue ToText(FunctionCall call)
    {
        try
        {
            return ScriptValue.Of(Strict.GetString(call.Bytes(0)));
        }
        catch (DecoderFallbackException)
        {
            throw call.Refuse(0, "expects data to be UTF-8 encoded");
        }
    }
}
