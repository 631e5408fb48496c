namespace Nakama.Server.Runtime.Callbacks;

/// <summary>How the functions of a kind are told apart.</summary>
public enum CallbackNames
{
    /// <summary>There is one function of the kind; the last registration wins.</summary>
    One,

    /// <summary>All functions of the kind are called, in the order of their registration; names only tell them apart.</summary>
    All,

    /// <summary>By a name whose case does not matter.</summary>
    AnyCase,

    /// <summary>By a name in its exact case.</summary>
    Exact,
}
