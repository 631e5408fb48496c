namespace Nakama.Server.Runtime.Functions;

/// <summary>All functions that modules may call, filled once at startup.</summary>
public sealed class FunctionCatalog
{
    private readonly Dictionary<string, FunctionDescription> _functions = new(StringComparer.Ordinal);

    public FunctionCatalog(IEnumerable<IFunctionModule> families)
    {
        foreach (var family in families) family.Describe(new FunctionGroup(this, family.Name));
    }

    /// <summary>In the order of description.</summary>
    public IReadOnlyCollection<FunctionDescription> Functions => _functions.Values;

    /// <summary>The services that have objects of their own.</summary>
    public IEnumerable<string> Services => Functions.Select(static function => function.Service).OfType<string>().Distinct();

    public FunctionDescription? Find(string name) => _functions.GetValueOrDefault(name);

    /// <exception cref="InvalidOperationException">A function of that name exists.</exception>
    internal FunctionDescription Add(FunctionDescription function) =>
        _functions.TryAdd(function.Name, function)
            ? function
            : throw new InvalidOperationException($"The function {function.Name} is described twice.");
}
