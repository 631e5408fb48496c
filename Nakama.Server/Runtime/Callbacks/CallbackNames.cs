namespace Nakama.Server.Runtime.Callbacks;

/// <summary>How the functions of a kind are distinguished.</summary>
public enum CallbackNames
{
    /// <summary>There is one function of the kind; the last registration wins.</summary>
    One,

    /// <summary>All functions of the kind are called, in order of registration; the names only distinguish them.</summary>
    All,

    /// <summary>By a case-insensitive name.</summary>
    AnyCase,

    /// <summary>By a case-sensitive name.</summary>
    Exact,
}
