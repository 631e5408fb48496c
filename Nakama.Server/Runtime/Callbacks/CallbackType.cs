namespace Nakama.Server.Runtime.Callbacks;

/// <summary>The type of an argument or a result of a callback.</summary>
public enum CallbackType
{
    /// <summary>No value: nil, null or undefined.</summary>
    Nothing,

    Text,
    Flag,
    Whole,

    /// <summary>A map from names to strings.</summary>
    Map,

    /// <summary>A protocol message.</summary>
    Message,

    /// <summary>A server object with fields.</summary>
    Record,

    /// <summary>An ordered list of server objects.</summary>
    List,

    /// <summary>Candidate matches, each a list of players.</summary>
    Groups,

    /// <summary>Any value; the server only stores it.</summary>
    State,

    /// <summary>The object through which a match sends messages and changes its own settings.</summary>
    Dispatcher,
}
