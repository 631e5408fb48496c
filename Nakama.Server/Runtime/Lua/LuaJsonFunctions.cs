using Nakama.Lua;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua;

/// <summary>JSON for Lua; JavaScript has its own.</summary>
internal sealed class LuaJsonFunctions : IFunctionModule
{
    /// <summary>The message prefix for text that is not JSON.</summary>
    public const string NotJson = "not a valid JSON string: ";

    public string Name => "JSON in Lua";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("json_encode", "Writes a value as JSON: a table with a whole key from 1 upwards as an array, any other as an object.")
            .Any("value").Returns("text").OnlyInLua().Does(Encode);
        functions.Function("json_decode", "Reads JSON; null is nil.")
            .Bytes("text", "expects JSON string").Returns("value").OnlyInLua().Does(Decode);
    }

    private static ScriptValue Encode(FunctionCall call)
    {
        try
        {
            return ScriptValue.TextOf(LuaJsonWriter.Write((LuaValue)call[0].AsForeign()));
        }
        catch (ScriptValueException e)
        {
            throw new FunctionException($"error encoding to JSON: {e.Message}");
        }
    }

    private static ScriptValue Decode(FunctionCall call)
    {
        try
        {
            return ScriptValue.Foreign(LuaJsonReader.Read(call.Bytes(0)));
        }
        catch (ScriptValueException e)
        {
            throw new FunctionException(NotJson + e.Message);
        }
    }
}
