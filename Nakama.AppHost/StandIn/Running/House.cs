using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>What the resources of one run share.</summary>
internal sealed class House(bool isThrowaway, Terminal terminal) : IAsyncDisposable
{
    /// <summary>A run of which nothing is kept, on ports that nobody else uses.</summary>
    public bool IsThrowaway { get; } = isThrowaway;

    public Terminal Terminal { get; } = terminal;

    public Keeper Keeper { get; } = new();

    public ChildProcess Launch(string name, ProcessStartInfo start, Signal signal = Signal.Terminate) =>
        ChildProcess.Start(name, start, Terminal, Keeper, signal);

    /// <summary>Runs a program to its end; what it prints is shown only when it fails.</summary>
    public async Task RunAsync(string name, string program, ProcessStartInfo start, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start(name, start, Terminal.Silent(), Keeper, Signal.Terminate);
        if (await process.Ended.WaitAsync(cancellationToken) is var exitCode && exitCode != 0)
            throw new HouseException($"{name}: {program} ended with exit code {exitCode}.{Environment.NewLine}{process.LastLines}");
    }

    /// <summary>Lets the resource know when its process ends although it was not asked to.</summary>
    public static void Watch(Resource resource, ChildProcess process) => _ = ReportEndAsync(resource, process);

    public ValueTask DisposeAsync() => Keeper.DisposeAsync();

    private static async Task ReportEndAsync(Resource resource, ChildProcess process)
    {
        var exitCode = await process.Ended;
        if (process.IsStopping) return;
        var report = $"{resource.Name} ended with exit code {exitCode}.{Environment.NewLine}{process.LastLines}";
        resource.Status.HasEnded(exitCode, new HouseException(report.TrimEnd()));
    }
}
