using Nakama.Lua;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.Lua;

/// <summary>Converts an error of a module to the error that clients get.</summary>
internal sealed class LuaErrors(RuntimeOptions options, ILogger<LuaErrors> log)
{
    private const int LastCode = 16;

    /// <summary>
    /// A table <c>{text, code}</c> is an intentional error; everything else is a fault and logged. A position is removed
    /// when it is in the file of the called function.
    /// </summary>
    /// <param name="error">The error that the function raised.</param>
    /// <param name="file">The file in which the function is defined.</param>
    /// <param name="context">The execution context.</param>
    /// <param name="isBounded">Whether codes outside the known status codes become internal errors.</param>
    public ApiException ToApiException(LuaException error, string file, RuntimeContext context, bool isBounded)
    {
        if (error.Value.AsTable is { Length: > 0 } table)
        {
            var text = LuaText.Of(table.GetInteger(1)).ToString();
            var code = table.GetInteger(2);
            if (code.IsNumber) return new ApiException(StatusOf(code.AsInteger, isBounded), WithTrace(text, error));
            Log(text, error.Traceback, context);
            return new ApiException(StatusCode.Internal, WithTrace(text, error));
        }

        var message = LuaText.Of(error.Value).ToString();
        Log(message, error.Traceback, context);
        return new ApiException(StatusCode.Internal, WithTrace(WithoutPosition(message, file), error));
    }

    public void Log(string message, string trace, RuntimeContext context)
    {
        // In this mode the JSON that the function parses is its payload, which the client sent.
        if (context.Mode == ExecutionMode.Rpc && message.Contains(LuaJsonFunctions.NotJson, StringComparison.Ordinal))
            ModuleLog.PayloadNotJson(log, context.Label, message);
        else
            ModuleLog.FunctionFailed(log, message, context.Mode, context.Label, trace);
    }

    private static StatusCode StatusOf(long code, bool isBounded)
    {
        if (isBounded && code is < 1 or > LastCode) return StatusCode.Internal;
        return (StatusCode)(int)Math.Clamp(code, int.MinValue, int.MaxValue);
    }

    private string WithTrace(string message, LuaException error) =>
        options.LuaApiStacktrace ? $"{message}\n{error.Traceback}" : message;

    /// <summary>Removes <c>file:line: </c>.</summary>
    private static string WithoutPosition(string message, string file)
    {
        if (!message.StartsWith(file, StringComparison.Ordinal) || file.Length == 0) return message;
        var rest = message.AsSpan(file.Length);
        if (rest.Length == 0 || rest[0] != ':') return message;
        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && rest[(digits + 1)..].StartsWith(": ") ? rest[(digits + 3)..].ToString() : message;
    }
}
