using System.Runtime.InteropServices;
using Aspire.Hosting.Running;

namespace Aspire.Hosting;

/// <summary>Starts every resource once what it waits for is ready, and stops them in reverse.</summary>
public sealed class DistributedApplication : IAsyncDisposable
{
    private readonly List<Resource> _resources;
    private readonly List<Resource> _started = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Terminal _terminal;
    private readonly bool _isThrowaway;
    private House? _house;
    private Task _starting = Task.CompletedTask;

    internal DistributedApplication(IDistributedApplicationBuilder builder, Terminal terminal, bool isThrowaway)
    {
        _isThrowaway = isThrowaway;
        _terminal = terminal;
        _resources = [.. builder.Resources.Cast<Resource>()];
        Ports.Assign(_resources, elsewhere: isThrowaway);
    }

    public ResourceNotificationService ResourceNotifications => new(this);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        if (args is [Keeper.Argument])
        {
            KeeperProgram.Run();
            Environment.Exit(0);
        }
        return DistributedApplicationBuilder.Create(args);
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until it is asked to stop, or until something does not start.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var quit = new TaskCompletionSource();
        using var onCancel = cancellationToken.Register(() => quit.TrySetResult());
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Quit);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Quit);
        using var onHangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Quit);

        await StartAsync(cancellationToken);
        await Task.WhenAny(quit.Task, _failed.Task);
        await StopAsync(CancellationToken.None);
        if (!_failed.Task.IsCompleted) return;

        _terminal.Say($"{Environment.NewLine}  {(await _failed.Task).Message}{Environment.NewLine}");
        Environment.ExitCode = 1;

        void Quit(PosixSignalContext context)
        {
            // Whoever asks twice does not want to wait; the keeper ends what we leave behind.
            context.Cancel = quit.TrySetResult();
        }
    }

    /// <summary>Begins to start everything; <see cref="ResourceNotifications"/> tells when something is ready.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _house = new House(_isThrowaway, _terminal);
        _ = new ResourceTable(_resources, _terminal);
        _starting = Task.WhenAll(_resources.Select(resource => Task.Run(() => StartAsync(resource, _house), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Stops everything in reverse; each process is killed if it has not ended in ten seconds.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_house is not { } house) return;
        _house = null;
        await _stopping.CancelAsync();
        await _starting;
        foreach (var resource in Enumerable.Reverse(_started))
        {
            await resource.StopAsync();
            resource.Status.HasStopped();
        }
        await house.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    internal Resource Find(string name) =>
        _resources.Find(resource => resource.Name == name) ?? throw new ArgumentException($"There is no resource named {name}.", nameof(name));

    private async Task StartAsync(Resource resource, House house)
    {
        try
        {
            foreach (var wait in resource.Waits) await wait.WaitAsync(_stopping.Token);
            _stopping.Token.ThrowIfCancellationRequested();
            lock (_started) _started.Add(resource);
            resource.Status.Starting();
            await resource.StartAsync(house, _stopping.Token);
            resource.Status.IsRunning();
            if (resource.Health is { } health) await health.WaitAsync(resource.Status.Ended, _stopping.Token);
            if (resource.Status.State == ResourceState.Failed) await resource.Status.Healthy;
            resource.Status.IsHealthy();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            // The first failure is the cause; those who waited for the resource fail after it.
            _failed.TrySetResult(exception);
            resource.Status.HasFailed(exception);
        }
    }
}
