namespace Nakama.Server.Errors;

/// <summary>The reason why a node does not start, in one sentence for its operator; the program then ends with code 1.</summary>
public sealed class StartupException : Exception
{
    public StartupException(string message)
        : base(message)
    {
    }

    public StartupException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
