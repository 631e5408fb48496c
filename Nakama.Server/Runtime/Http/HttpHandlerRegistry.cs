using Nakama.Server.Api;

namespace Nakama.Server.Runtime.Http;

/// <summary>The HTTP handlers of game logic on one port. Reads need no lock.</summary>
internal sealed class HttpHandlerRegistry(ApiAudience audience)
{
    private readonly Lock _lock = new();
    private readonly List<(string Name, HttpHandler Handler)> _handlers = [];
    private volatile HttpHandlerRouter _router = new([]);

    public ApiAudience Audience { get; } = audience;

    public HttpHandlerRouter Router => _router;

    /// <summary>A handler of the same path and methods replaces an earlier one.</summary>
    public void Register(string name, HttpHandlerFunction function)
    {
        lock (_lock)
        {
            _handlers.RemoveAll(known => known.Name == name);
            _handlers.Add((name, new(HttpHandlerPath.Read(name), function)));
            _router = new(_handlers.Select(static known => known.Handler));
        }
    }

    public void Remove(string name)
    {
        lock (_lock)
        {
            _handlers.RemoveAll(known => known.Name == name);
            _router = new(_handlers.Select(static known => known.Handler));
        }
    }
}
