namespace Nakama.Server.Logging;

/// <summary>Gives every category its bounds, whichever writers are behind it.</summary>
internal sealed class BoundedLoggerFactory(LoggerFactory writers, LogRates rates) : ILoggerFactory
{
    /// <summary>What modules log is their authors' own, and the start of a node is told whole.</summary>
    private static readonly string[] Unbounded = ["Nakama.Server.Runtime.Functions.LogFunctions", JsonLoggerProvider.StartupCategory];

    public ILogger CreateLogger(string categoryName)
    {
        var logger = writers.CreateLogger(categoryName);
        return Unbounded.Contains(categoryName) ? logger : new BoundedLogger(logger, rates);
    }

    public void AddProvider(ILoggerProvider provider) => writers.AddProvider(provider);

    public void Dispose() => writers.Dispose();
}
