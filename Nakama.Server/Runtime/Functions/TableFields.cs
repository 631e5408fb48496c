using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Reads the fields of a table that a module passed, with errors for module authors.</summary>
public readonly struct TableFields(FunctionCall call, int parameter, IScriptTable table)
{
    public IScriptTable Table { get; } = table;

    /// <summary>A required string that must not be empty.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="whenMissing">The error when it is absent, if a special one.</param>
    public string Text(string name, LanguageText? whenMissing = null)
    {
        var value = Table.Field(name);
        if (!value.IsNull) return NotEmpty(name, value);
        throw whenMissing is { } text ? call.Refuse(parameter, text) : Missing(name);
    }

    /// <summary>A string that must not be empty; null when absent.</summary>
    public string? TextOrNull(string name)
    {
        var value = Table.Field(name);
        return value.IsNull ? null : NotEmpty(name, value);
    }

    /// <summary>A string that may be empty; null when absent.</summary>
    public string? AnyTextOrNull(string name)
    {
        var value = Table.Field(name);
        return value.IsNull ? null : TextOf(name, value);
    }

    /// <summary>A required identifier.</summary>
    public Guid Id(string name) => IdOrNull(name) ?? throw Missing(name);

    /// <summary>An identifier; null when absent.</summary>
    public Guid? IdOrNull(string name)
    {
        var value = Table.Field(name);
        if (value.IsNull) return null;
        return UuidText.TryParse(TextOf(name, value), out var id)
            ? id
            : throw call.Refuse(parameter, new($"expects {name} to be a valid ID", $"expects '{Spelled(name)}' value to be a valid id"));
    }

    /// <summary>A number truncated to an integer; the fallback when absent.</summary>
    public long WholeOr(string name, long fallback)
    {
        var value = Table.Field(name);
        // A member of JavaScript must be a number even if it is null; undefined counts as left out.
        if (value.IsNull && !Table.Has(name)) return fallback;
        return value.Kind == ScriptValueKind.Number
            ? value.AsWhole()
            : throw call.Refuse(parameter, new($"expects {name} to be number", $"expects '{Spelled(name)}' value to be a number"));
    }

    /// <summary>A flag; the fallback when absent.</summary>
    public bool FlagOr(string name, bool fallback)
    {
        var value = Table.Field(name);
        if (value.IsNull) return fallback;
        return value.Kind == ScriptValueKind.Flag
            ? value.AsFlag()
            : throw call.Refuse(parameter, new($"expects {name} to be boolean", $"expects '{Spelled(name)}' value to be a boolean"));
    }

    /// <summary>A required table, as the text of a JSON object.</summary>
    public string Json(string name) => JsonOrNull(name)
        ?? throw call.Refuse(parameter, new($"expects {name} to be supplied", $"expects '{Spelled(name)}' value to be an object"));

    /// <summary>A table as the text of a JSON object; null when absent.</summary>
    public string? JsonOrNull(string name)
    {
        var value = Table.Field(name);
        if (value.IsNull) return null;
        if (value.Kind != ScriptValueKind.Table)
            throw call.Refuse(parameter, new($"expects {name} to be table", $"expects '{Spelled(name)}' value to be an object"));
        try
        {
            var json = value.AsTable().ToJsonObject();
            return json != FunctionCall.NoObject || call.Language == ScriptLanguage.Lua
                ? json
                : throw call.Refuse(parameter, $"expects '{Spelled(name)}' value to be an object");
        }
        catch (ScriptValueException e)
        {
            var text = $"failed to convert {name}: {e.Message}";
            throw call.Language == ScriptLanguage.Lua ? new FunctionException(text) : call.Refuse(parameter, text);
        }
    }

    /// <summary>Same as <see cref="JsonOrNull"/>; a list has no names and counts as absent.</summary>
    public string? MetadataOrNull(string name) => JsonOrNull(name) is { } json and not FunctionCall.NoObject ? json : null;

    /// <summary>A required table.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="whenMissing">The error when there is none.</param>
    public IScriptTable SubTable(string name, LanguageText whenMissing)
    {
        var value = Table.Field(name);
        if (value.IsNull) throw call.Refuse(parameter, whenMissing);
        return value.Kind == ScriptValueKind.Table
            ? value.AsTable()
            : throw call.Refuse(parameter, new($"expects {name} to be table", $"expects '{Spelled(name)}' value to be an object"));
    }

    private string NotEmpty(string name, ScriptValue value) => TextOf(name, value) is { Length: > 0 } text
        ? text
        : throw call.Refuse(parameter, new($"expects {name} to be a non-empty string", $"expects '{Spelled(name)}' value to be non-empty"));

    private string TextOf(string name, ScriptValue value) => value.Kind == ScriptValueKind.Text
        ? value.AsText()
        : throw call.Refuse(parameter, new($"expects {name} to be string", $"expects '{Spelled(name)}' value to be a string"));

    private FunctionArgumentException Missing(string name) =>
        call.Refuse(parameter, new($"expects {name} to be supplied", $"expects {Spelled(name)} to be supplied"));

    private static string Spelled(string name) => FunctionDescription.CamelCase(name);
}
