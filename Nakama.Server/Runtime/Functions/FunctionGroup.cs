namespace Nakama.Server.Runtime.Functions;

/// <summary>Collects the function descriptions of a family.</summary>
public readonly struct FunctionGroup(FunctionCatalog catalog, string family)
{
    /// <summary>Begins the description of a function; the implementation completes it.</summary>
    /// <param name="name">In snake_case.</param>
    /// <param name="summary">One sentence for the documentation.</param>
    public FunctionDescription Function(string name, string summary) => catalog.Add(new(family, name, summary));
}
