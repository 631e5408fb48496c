namespace Nakama.Server.Security;

/// <summary>How long tokens live that <see cref="SessionOptions"/> does not cover.</summary>
/// <param name="OfOperatorsSec">Tokens of the console, in seconds.</param>
public sealed record TokenLifetimes(int OfOperatorsSec);
