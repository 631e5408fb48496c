using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Converts what a script threw, or what stopped it, to the error that callers get.</summary>
internal sealed class JavaScriptErrors(RuntimeOptions options, ILogger<JavaScriptErrors> log)
{
    /// <summary>
    /// An object with a message, or an error with a code, is intentional; everything else is a fault and logged. The error of a
    /// script that was stopped marks the engine as not usable any more.
    /// </summary>
    public Exception ToApiException(JavaScriptEngine engine, Exception error, RuntimeContext context)
    {
        if (error is JavaScriptException && engine.Stack.Stopped is { } stopped) error = stopped;
        switch (error)
        {
            case JavaScriptException thrown:
                return OfScript(engine, thrown, context);
            case ScriptStoppedException:
                break;
            case MemoryLimitExceededException or OutOfMemoryException:
                error = ScriptStoppedException.TooMuchMemory(options.JsCallMemoryMb);
                break;
            case InsufficientExecutionStackException or RecursionDepthOverflowException:
                error = ScriptStoppedException.TooDeep;
                break;
            case System.Text.RegularExpressions.RegexMatchTimeoutException:
                error = ScriptStoppedException.RegexTooLong;
                break;
            case ApiException or OperationCanceledException:
                return error;
            default:
                engine.IsBroken = true;
                ModuleLog.HostFunctionFailed(log, error, context.Label);
                return new ApiException(StatusCode.Internal, $"The JavaScript engine failed: {error.Message}", error);
        }

        engine.IsBroken = true;
        ModuleLog.FunctionFailed(log, error.Message, context.Mode, context.Label, "");
        return error;
    }

    private ScriptException OfScript(JavaScriptEngine engine, JavaScriptException error, RuntimeContext context)
    {
        var trace = StackTraces.Of(error, engine.Module);
        try
        {
            var thrown = error.Error;
            var code = OwnMember(thrown, "code");
            var message = thrown is ObjectInstance and not JsError && OwnMember(thrown, "message") is JsString text
                ? text.ToString()
                : StackTraces.Join(JavaScriptMessageTexts.Mapped(TextOf(thrown)), trace);
            if (TryGetCode(code, out var status)) return new(status, message, trace);
            ModuleLog.FunctionFailed(log, message, context.Mode, context.Label, trace);
            return new(StatusCode.Internal, message, trace);
        }
        catch (JavaScriptException)
        {
            // A getter or toString of the thrown object throws itself.
            return new(StatusCode.Internal, "The JavaScript function threw an object that cannot be read.", trace);
        }
    }

    /// <summary>Whole numbers count, cut to 32 bits.</summary>
    private static bool TryGetCode(JsValue code, out StatusCode status)
    {
        status = StatusCode.Internal;
        if (!code.IsNumber()) return false;
        var number = code.AsNumber();
        if (number != Math.Floor(number) || Math.Abs(number) >= long.MaxValue) return false;
        status = (StatusCode)unchecked((int)(long)number);
        return true;
    }

    private static JsValue OwnMember(JsValue value, string name) =>
        value is ObjectInstance table && table.HasOwnProperty(name) ? table.Get(name) : JsValue.Undefined;

    private static string TextOf(JsValue thrown) => thrown is JsError error
        ? string.Create(CultureInfo.InvariantCulture, $"{TypeConverter.ToString(error)}")
        : JavaScriptConversion.TextOf(thrown);
}
