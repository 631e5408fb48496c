namespace Nakama.Server.Logging;

/// <summary>Applies the bounds to every category, independently of the providers behind it.</summary>
internal sealed class BoundedLoggerFactory(LoggerFactory writers, LogRates rates) : ILoggerFactory
{
    /// <summary>
    /// Modules are responsible for their own log volume, and the lines of a node's start are logged completely.
    /// </summary>
    private static readonly string[] Unbounded = ["Nakama.Server.Runtime.Functions.LogFunctions", JsonLoggerProvider.StartupCategory];

    public ILogger CreateLogger(string categoryName)
    {
        var logger = writers.CreateLogger(categoryName);
        return Unbounded.Contains(categoryName) ? logger : new BoundedLogger(logger, rates);
    }

    public void AddProvider(ILoggerProvider provider) => writers.AddProvider(provider);

    public void Dispose() => writers.Dispose();
}
