namespace Nakama.Server.Runtime.Functions;

/// <summary>An argument is not valid for the function.</summary>
/// <param name="parameter">The parameter, from 0 in the order of the description.</param>
/// <param name="text">What was expected.</param>
public sealed class FunctionArgumentException(int parameter, LanguageText text) : FunctionException(text)
{
    public int Parameter { get; } = parameter;
}
