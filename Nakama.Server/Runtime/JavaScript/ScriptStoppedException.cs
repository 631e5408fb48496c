using System.Globalization;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>A call was stopped because it used too much time or memory. Scripts cannot catch it; the engine is discarded.</summary>
internal sealed class ScriptStoppedException(string message) : ApiException(StatusCode.Internal, message)
{
    public static ScriptStoppedException TooLong(TimeSpan budget) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The JavaScript function was stopped: it ran for more than {budget.TotalMilliseconds:0} ms."));

    public static ScriptStoppedException TooMuchMemory(int megabytes) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The JavaScript function was stopped: it allocated more than {megabytes} MB."));

    public static ScriptStoppedException TooDeep => new("The JavaScript function was stopped: its calls or data are nested too deeply.");

    public static ScriptStoppedException RegexTooLong => new("The JavaScript function was stopped: a regular expression took too long.");
}
