namespace Nakama.GameLogic.Functions;

/// <summary>The function of the server that a member calls.</summary>
/// <param name="name">The name under which the documentation lists the function for all languages.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServerFunctionAttribute(string name) : Attribute
{
    /// <summary>The name under which the documentation lists the function for all languages.</summary>
    public string Name { get; } = name;
}
