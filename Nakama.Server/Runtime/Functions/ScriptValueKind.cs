namespace Nakama.Server.Runtime.Functions;

/// <summary>The kinds of <see cref="ScriptValue"/>.</summary>
public enum ScriptValueKind : byte
{
    Null,
    Flag,
    Number,

    /// <summary>A text, held as a string or as its UTF-8 bytes.</summary>
    Text,

    /// <summary>Bytes that need not be valid UTF-8.</summary>
    Bytes,

    /// <summary>An identifier of an account, a group or a session.</summary>
    Id,

    /// <summary>A table, object or list of the calling language.</summary>
    Table,

    /// <summary>An ordered list of values.</summary>
    List,

    /// <summary>A server object with named fields, whose names each language spells in its own way.</summary>
    Record,

    /// <summary>Names and values of a game, which no language changes.</summary>
    Map,

    /// <summary>JSON text that the calling language parses into a value of its own.</summary>
    Json,

    /// <summary>A protocol message, which scripts get in its JSON form; null if there is none.</summary>
    Message,

    /// <summary>A server object: statically typed languages get it as it is, others get a view of it.</summary>
    Native,

    /// <summary>A value of the calling language that only that language interprets, such as a function.</summary>
    Foreign,

    /// <summary>The multiple results of a function.</summary>
    Results,
}
