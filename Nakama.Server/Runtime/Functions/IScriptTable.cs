namespace Nakama.Server.Runtime.Functions;

/// <summary>A table or object that a module passed to a function, read as far as the function asks.</summary>
public interface IScriptTable
{
    /// <summary>How many values a list has; 0 for an object.</summary>
    int Length { get; }

    /// <summary>Whether there is nothing in it at all.</summary>
    bool IsEmpty { get; }

    /// <summary>A value of the list, from 0.</summary>
    ScriptValue this[int index] { get; }

    /// <summary>The value of a field by its name in this server; languages look it up in their own spelling.</summary>
    ScriptValue Field(string name);

    /// <summary>All names that are text, with their values. A name that is none is reported as null.</summary>
    IEnumerable<(string? Name, ScriptValue Value)> Entries();

    /// <summary>The JSON text of the table, an array when it is a list.</summary>
    /// <exception cref="ScriptValueException">A value has no JSON form.</exception>
    byte[] ToJson();

    /// <summary>The JSON object of the table; the text <c>null</c> when it is a list.</summary>
    /// <exception cref="ScriptValueException">A value has no JSON form.</exception>
    string ToJsonObject();
}
