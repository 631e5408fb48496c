namespace Nakama.Server.Runtime.DotNet;

/// <summary>The services of one call; the scope is made when the first service is requested.</summary>
internal sealed class CallServices(IServiceScopeFactory scopes) : IServiceProvider, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private AsyncServiceScope? _scope;
    private bool _isDisposed;

    public object? GetService(Type serviceType)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _scope ??= scopes.CreateAsyncScope();
        }

        return _scope.Value.ServiceProvider.GetService(serviceType);
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isDisposed = true;
            return _scope?.DisposeAsync() ?? default;
        }
    }
}
