namespace Nakama.Server.Config;

/// <summary>A command line that cannot be read; without a complaint it was a question for help.</summary>
public sealed class UsageException(string? complaint) : Exception(complaint ?? "help")
{
    public string? Complaint { get; } = complaint;
}
