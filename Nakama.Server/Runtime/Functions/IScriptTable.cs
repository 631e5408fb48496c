namespace Nakama.Server.Runtime.Functions;

/// <summary>A table or object that a module passed to a function, read only as far as the function needs it.</summary>
public interface IScriptTable
{
    /// <summary>The number of values in a list; 0 for an object.</summary>
    int Length { get; }

    /// <summary>Whether the table has neither list values nor fields.</summary>
    bool IsEmpty { get; }

    /// <summary>A value of the list, counted from 0.</summary>
    ScriptValue this[int index] { get; }

    /// <summary>The value of a field by its name on the server; languages look it up in their own spelling.</summary>
    ScriptValue Field(string name);

    /// <summary>Whether there is a field of that name, even one without a value.</summary>
    bool Has(string name) => !Field(name).IsNull;

    /// <summary>Whether the fields are all that there is: a date or a collection of the language is no plain table.</summary>
    bool IsPlain => true;

    /// <summary>All string keys with their values. A key that is not a string is reported as null.</summary>
    IEnumerable<(string? Name, ScriptValue Value)> Entries();

    /// <summary>The JSON text of the table, an array when it is a list.</summary>
    /// <exception cref="ScriptValueException">A value has no JSON representation.</exception>
    byte[] ToJson();

    /// <summary>The JSON object of the table; the text <c>null</c> when it is a list.</summary>
    /// <exception cref="ScriptValueException">A value has no JSON representation.</exception>
    string ToJsonObject();
}
