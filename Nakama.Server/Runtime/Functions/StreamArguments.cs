using Nakama.Server.Presence;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Reads streams, sessions and presences from the arguments of modules.</summary>
internal static class StreamArguments
{
    /// <summary>Reads <c>{mode, subject?, subcontext?, label?}</c>.</summary>
    public static StreamId Stream(this FunctionCall call, int parameter)
    {
        var table = call.Table(parameter);
        var mode = table.Field("mode");
        if (mode.IsNull ? table.Has("mode") : mode.Kind != ScriptValueKind.Number) throw call.Refuse(parameter, "stream mode must be a number");
        // JavaScript modules have always got the lowest byte of a larger number.
        var number = call.Language == ScriptLanguage.JavaScript ? (byte)mode.AsWhole() : mode.AsNumber();
        if (number is not (>= 0 and <= byte.MaxValue)) throw call.Refuse(parameter, "stream mode must be 0-255");
        var label = table.Field("label");
        if (!label.IsNull && label.Kind != ScriptValueKind.Text) throw call.Refuse(parameter, "stream label must be a string");
        return new StreamId((byte)number, Id(call, parameter, "subject"), Id(call, parameter, "subcontext"), label.IsNull ? "" : label.AsText());
    }

    private static Guid Id(FunctionCall call, int parameter, string name)
    {
        var value = call.Table(parameter).Field(name);
        if (value.IsNull) return Guid.Empty;
        if (value.Kind != ScriptValueKind.Text) throw call.Refuse(parameter, $"stream {name} must be a string");
        return UuidText.TryParse(value.AsText(), out var id) ? id : throw call.Refuse(parameter, $"stream {name} must be a valid identifier");
    }
}
