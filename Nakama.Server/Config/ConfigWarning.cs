namespace Nakama.Server.Config;

/// <summary>Something an operator should change, though the node runs with it.</summary>
/// <param name="Field">The flag, or the unknown key.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record ConfigWarning(string Field, string Message);

/// <summary>Something with which the node does not run.</summary>
/// <param name="Param">The flag.</param>
/// <param name="Message">The rule it breaks.</param>
public sealed record ConfigComplaint(string Param, string Message);
