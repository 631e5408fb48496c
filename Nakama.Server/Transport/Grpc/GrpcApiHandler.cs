using System.Collections.Frozen;
using Nakama.Server.Api;
using Nakama.Server.Security;
using Nakama.Server.Transport.Http;

namespace Nakama.Server.Transport.Grpc;

/// <summary>
/// The gRPC form of a service on its own listener, with health and reflection, for HTTP/2 clients and for browsers (gRPC-Web).
/// Performs the checks that the library does not and passes the call on to it.
/// </summary>
internal sealed class GrpcApiHandler : IListenerHandler
{
    private const string Web = "application/grpc-web";
    private const string WebText = "application/grpc-web-text";
    private const string TimeoutHeader = "grpc-timeout";

    private readonly GrpcApi _api;
    private readonly FrozenDictionary<string, RequestDelegate> _endpoints;
    private readonly RequestDelegate _webEntry;
    private readonly RequestDelegate _webTextEntry;
    private readonly Cors _cors = new(
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post],
        ["X-Grpc-Web", "X-User-Agent", "Grpc-Timeout"],
        exposed: "grpc-status,grpc-message,grpc-encoding,grpc-accept-encoding");

    private readonly IServiceProvider _services;
    private readonly RequestRateLimits? _limits;
    private readonly ClientAddresses _addresses;
    private readonly TimeProvider _clock;

    public GrpcApiHandler(
        ListenerKind kind, GrpcApi api, GrpcEndpoints endpoints, RequestRateLimits limits, ClientAddresses addresses, TimeProvider clock)
    {
        _limits = kind == ListenerKind.ApiGrpc && limits.LooksAtSenders ? limits : null;
        _addresses = addresses;
        Kind = kind;
        _api = api;
        _services = endpoints.ServiceProvider;
        _clock = clock;
        _endpoints = endpoints.ByPath();
        _webEntry = Build(context => HandleCallAsync(context, isText: false));
        _webTextEntry = Build(context => HandleCallAsync(context, isText: true));

        RequestDelegate Build(RequestDelegate handle) => endpoints.CreateApplicationBuilder()
            .UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true })
            .Use(_ => handle)
            .Build();
    }

    public ListenerKind Kind { get; }

    public Task HandleAsync(HttpContext context)
    {
        if (_cors.Handle(context)) return Task.CompletedTask;
        if (_limits is not null && !_limits.AdmitsSender(context.Features.Get<ConnectionRate>(), _addresses.Of(context).Network))
        {
            context.Response.Headers[GrpcErrors.RetryAfter] = GrpcErrors.RetryAfterText;
            return Refuse(context, GrpcErrors.TooMany);
        }

        var contentType = context.Request.ContentType;
        if (contentType is null || !contentType.StartsWith(Web, StringComparison.OrdinalIgnoreCase)) return HandleCallAsync(context, isText: false);
        return contentType.StartsWith(WebText, StringComparison.OrdinalIgnoreCase) ? _webTextEntry(context) : _webEntry(context);
    }

    private Task HandleCallAsync(HttpContext context, bool isText)
    {
        var request = context.Request;
        if (!IsGrpc(request.ContentType)) return Refuse(context, GrpcErrors.NotGrpc(request.ContentType), StatusCodes.Status415UnsupportedMediaType);
        if (!HttpMethods.IsPost(request.Method)) return Refuse(context, GrpcErrors.NotPost, StatusCodes.Status405MethodNotAllowed);
        var timeout = request.Headers[TimeoutHeader];
        if (timeout.Count == 0) return FindAndRunAsync(context, isText);
        return GrpcTimeout.TryParse(timeout.ToString(), out var time)
            ? RunInTimeAsync(context, isText, time)
            : Refuse(context, GrpcErrors.MalformedTimeout);
    }

    /// <summary>
    /// The library would end a late call at times and with messages of its own, so the header is hidden from it.
    /// </summary>
    private async Task RunInTimeAsync(HttpContext context, bool isText, TimeSpan time)
    {
        context.Request.Headers.Remove(TimeoutHeader);
        var client = context.RequestAborted;
        using var deadline = new RequestDeadline(time, _clock, client);
        context.Features.Set(deadline);
        context.RequestAborted = deadline.Token;
        try
        {
            await FindAndRunAsync(context, isText);
            if (deadline.HasPassed && !context.Response.HasStarted) GrpcErrors.DeadlineExceeded.Write(context);
        }
        finally
        {
            context.RequestAborted = client;
        }
    }

    private Task FindAndRunAsync(HttpContext context, bool isText)
    {
        var path = context.Request.Path.Value ?? "";
        if (!_endpoints.TryGetValue(path, out var endpoint)) return Refuse(context, UnknownName(path));
        RequestSpan.SetRoute(context, path);
        // No service that answers a call is scoped.
        context.RequestServices = _services;
        // A base64 body cannot be inspected before it is read; the library's own limits apply to it.
        return IsOfApi(path) && !isText ? RunAsync(context, endpoint) : endpoint(context);
    }

    /// <summary>
    /// Refuses what the message prefix already shows to be invalid; the library would throw exceptions, with other messages.
    /// </summary>
    private async Task RunAsync(HttpContext context, RequestDelegate endpoint)
    {
        if (await GrpcPrefix.CheckAsync(context, _api.MaxMessageBytes) is { } problem) problem.Write(context);
        else await endpoint(context);
    }

    private GrpcStatus UnknownName(string path)
    {
        var slash = path.LastIndexOf('/');
        if (slash <= 1) return GrpcErrors.MalformedName(path);
        var (service, method) = (path[1..slash], path[(slash + 1)..]);
        return _api.Service.Map.Services.Any(known => known.FullName == service) ? GrpcErrors.UnknownMethod(service, method) : GrpcErrors.UnknownService(service);
    }

    private bool IsOfApi(string path)
    {
        foreach (var service in _api.Service.Map.Services)
        {
            if (path.AsSpan(1).StartsWith(service.FullName, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == 16 || contentType[16] is '+' or ';');

    private static Task Refuse(HttpContext context, GrpcStatus status, int httpStatus = StatusCodes.Status200OK)
    {
        status.Write(context, httpStatus);
        return Task.CompletedTask;
    }
}
