namespace Nakama.Tests.TestHost;

/// <summary>Where a process of a test runs.</summary>
/// <param name="Host">The address at which it listens.</param>
/// <param name="Command">What comes before its own command, and is replaced by it: such as a program that enters a network namespace.</param>
public sealed record ProcessPlace(string Host, params string[] Command)
{
    /// <summary>Beside the test, on the loopback address.</summary>
    public static readonly ProcessPlace Here = new("127.0.0.1");
}
