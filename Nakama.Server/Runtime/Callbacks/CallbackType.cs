namespace Nakama.Server.Runtime.Callbacks;

/// <summary>The type of an argument or a result of a callback.</summary>
public enum CallbackType
{
    /// <summary>Nothing: nil, null, undefined, no value at all.</summary>
    Nothing,

    Text,
    Flag,
    Whole,

    /// <summary>Names with texts.</summary>
    Map,

    /// <summary>A message of the contract.</summary>
    Message,

    /// <summary>An object of the server with fields.</summary>
    Record,

    /// <summary>Objects of the server in order.</summary>
    List,

    /// <summary>Candidate matches, each a list of players.</summary>
    Groups,

    /// <summary>Anything; the server only keeps it.</summary>
    State,

    /// <summary>The object through which a match sends and changes itself.</summary>
    Dispatcher,
}
