namespace Nakama.Server.Runtime.Functions;

/// <summary>A family of functions, described once for all languages.</summary>
public interface IFunctionModule
{
    /// <summary>The heading in the documentation.</summary>
    string Name { get; }

    void Describe(FunctionGroup functions);
}
