namespace Nakama.Server.Runtime.Functions;

/// <summary>Where a family writes down its functions.</summary>
public readonly struct FunctionGroup(FunctionCatalog catalog, string family)
{
    /// <summary>Begins the description of a function; it ends with what the function does.</summary>
    /// <param name="name">In snake_case.</param>
    /// <param name="summary">One sentence for the documentation.</param>
    public FunctionDescription Function(string name, string summary) => catalog.Add(new(family, name, summary));
}
