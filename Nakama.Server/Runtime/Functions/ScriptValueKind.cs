namespace Nakama.Server.Runtime.Functions;

/// <summary>What a <see cref="ScriptValue"/> is.</summary>
public enum ScriptValueKind : byte
{
    Null,
    Flag,
    Number,

    /// <summary>A text, held as a string or as its UTF-8 bytes.</summary>
    Text,

    /// <summary>Bytes that need not be text.</summary>
    Bytes,

    /// <summary>An identifier of an account, a group or a session.</summary>
    Id,

    /// <summary>A table, object or list of the calling language.</summary>
    Table,

    /// <summary>Values in order.</summary>
    List,

    /// <summary>Fields of this server, whose names each language spells in its own way.</summary>
    Record,

    /// <summary>Names and values of a game, which no language changes.</summary>
    Map,

    /// <summary>JSON text that the calling language reads into a value of its own.</summary>
    Json,

    /// <summary>A message of the contract, which scripts see in its JSON form; null where there is none.</summary>
    Message,

    /// <summary>An object of this server: languages with types get it as it is, others see a view of it.</summary>
    Native,

    /// <summary>A value of the calling language that only that language looks into, such as a function.</summary>
    Foreign,

    /// <summary>The several results of a function.</summary>
    Results,
}
