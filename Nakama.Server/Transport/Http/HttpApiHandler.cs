using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;
using Nakama.Protocol.Json;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Transport.Http;

/// <summary>
/// The HTTP/JSON form of a service: finds the method of a path, fills its request, runs it, writes its answer. Routes of
/// features take precedence.
/// </summary>
internal sealed class HttpApiHandler : IListenerHandler
{
    private readonly HttpApiSettings _settings;
    private readonly ApiService? _service;
    private readonly HttpRouter? _router;
    private readonly ApiPipeline _pipeline;
    private readonly IHttpEndpoint[] _routes;
    private readonly IRawEndpoint[] _rawRoutes;
    private readonly RequestRateLimits? _limits;
    private readonly Cors _cors;
    private readonly ClientAddresses _addresses;
    private readonly TimeProvider _clock;
    private readonly ILogger<HttpApiHandler> _log;

    public HttpApiHandler(
        HttpApiSettings settings,
        IEnumerable<ApiService> services,
        ApiPipeline pipeline,
        IEnumerable<IHttpEndpoint> routes,
        IEnumerable<IRawEndpoint> rawRoutes,
        RequestRateLimits limits,
        ClientAddresses addresses,
        TimeProvider clock,
        ILogger<HttpApiHandler> log)
    {
        _settings = settings;
        _service = services.FirstOrDefault(s => s.Audience == settings.Audience);
        _router = _service is null ? null : new HttpRouter(_service.Map);
        _pipeline = pipeline;
        _routes = [.. routes.Where(r => r.Audience == settings.Audience).OrderByDescending(r => r.Path.Length)];
        _rawRoutes = [.. rawRoutes.Where(r => r.Audience == settings.Audience)];
        _limits = settings.Audience == ApiAudience.Games && limits.LooksAtSenders ? limits : null;
        _cors = new Cors(settings.CorsMethods);
        _addresses = addresses;
        _clock = clock;
        _log = log;
    }

    public ListenerKind Kind => _settings.Kind;

    public Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        foreach (var (name, value) in _settings.ResponseHeaders) context.Response.Headers[name] = value;
        if ((request.Headers.Origin.Count > 0 || HttpMethods.IsOptions(request.Method)) && _cors.Handle(context)) return Task.CompletedTask;
        if (_settings.AnswersRoot && request.Path.Value == "/" && HttpMethods.IsGet(request.Method)) return Task.CompletedTask;
        return HandlePathAsync(context);
    }

    private Task HandlePathAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/')) target = context.Request.Path.ToUriComponent() + context.Request.QueryString;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);

        var decoded = UrlText.Decode(path, plusIsSpace: false, out var isUtf8, out _);
        if (decoded is null) return RefusePath(context);
        if (_limits is not null && IsOneTooMany(context, decoded, query)) return RefuseOneTooMany(context);
        if (path.Contains("//", StringComparison.Ordinal)) return Redirect(context, path, mark < 0 ? "" : target[mark..]);

        var verb = context.Request.Method;
        foreach (var route in _routes)
        {
            if ((route.Verb is not null && route.Verb != verb) || !IsBelow(decoded, route.Path)) continue;
            RequestSpan.SetRoute(context, route.Path);
            return route.HandleAsync(context);
        }

        foreach (var route in _rawRoutes)
        {
            if (!decoded.StartsWith(route.Prefix, StringComparison.Ordinal)) continue;
            var rest = decoded[route.Prefix.Length..];
            if (!route.Takes(verb, rest)) continue;
            RequestSpan.SetRoute(context, route.Prefix + "{id}");
            return HandleRawAsync(context, route, rest, query);
        }

        return HandleMethodAsync(context, Split(path, decoded), isUtf8, query);
    }

    private bool IsOneTooMany(HttpContext context, string path, string query)
    {
        if (_limits!.AdmitsSender(context.Features.Get<ConnectionRate>(), _addresses.Of(context).Network)) return false;
        foreach (var route in _rawRoutes)
        {
            if (!path.StartsWith(route.Prefix, StringComparison.Ordinal)) continue;
            using var request = new RawHttpRequest(context, _settings, _addresses, path[route.Prefix.Length..], query, deadline: null);
            if (route.IsTrusted(request)) return false;
        }

        return true;
    }

    private Task RefuseOneTooMany(HttpContext context)
    {
        HttpReply.WriteTooMany(context, _settings.ErrorsHaveDetails);
        return Task.CompletedTask;
    }

    private async Task HandleMethodAsync(HttpContext context, string[] segments, bool isUtf8, string query)
    {
        var match = _router?.Find(context.Request.Method, segments) ?? default;
        if (match.Binding is not { } binding)
        {
            var (code, text) = match.IsKnown ? (StatusCode.Unimplemented, "Method Not Allowed") : (StatusCode.NotFound, "Not Found");
            HttpReply.WriteError(context, code, text, _settings.ErrorsHaveDetails);
            return;
        }

        RequestSpan.SetRoute(context, binding.Template);
        using var deadline = new RequestDeadline(_settings.CallTime, _clock, context.RequestAborted);
        IMessage request;
        long received;
        try
        {
            (request, received) = await ReadRequestAsync(context, match, isUtf8, query, deadline.Token);
        }
        catch (Exception e) when (e is ApiException or OperationCanceledException or BadHttpRequestException or IOException)
        {
            // No method was called yet, so this is neither counted nor traced; the fault is the client's.
            var refusal = e as ApiException ?? new ApiException(StatusCode.InvalidArgument, "unexpected EOF");
            HttpReply.WriteError(context, refusal.Status, refusal.Message, _settings.ErrorsHaveDetails);
            return;
        }

        var client = _addresses.Of(context);
        var call = new ApiCall
        {
            Method = binding.Method,
            ClientIp = client.Ip,
            ClientPort = client.PortText,
            ClientToldBy = client.ToldBy?.ToString(),
            Metadata = context.Request.Headers,
            Deadline = deadline,
        };
        var outcome = await _pipeline.InvokeAsync(_service!, call, context.Request.Headers.Authorization, request, deadline.Token);
        _pipeline.Complete(_service!, outcome, received, Answer(context, outcome));
    }

    private int Answer(HttpContext context, in ApiOutcome outcome)
    {
        if (outcome.Response is not { } response)
        {
            HttpReply.SetRetryAfter(context, outcome.RetryAfterSec);
            return HttpReply.WriteError(context, outcome.Code, outcome.Message, _settings.ErrorsHaveDetails);
        }

        try
        {
            return HttpReply.WriteMessage(context, response, _settings.Form, _settings.ErrorsHaveDetails);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            HttpLog.RouteFailed(_log, e, context.Request.Path);
            return HttpReply.WriteError(context, StatusCode.Internal, ApiErrors.InternalText, _settings.ErrorsHaveDetails);
        }
    }

    private async ValueTask<(IMessage Request, long ReceivedBytes)> ReadRequestAsync(HttpContext context, RouteMatch match, bool isUtf8, string query, CancellationToken cancellationToken)
    {
        var binding = match.Binding!;
        var request = binding.CreateRequest();
        long received = 0;
        if (binding.HasBody)
        {
            using var body = await HttpBody.ReadAsync(context, _settings, cancellationToken);
            received = body.ReceivedBytes;
            // Without a body its field stays absent, which is not the same as an empty object.
            if (!body.Memory.IsEmpty) ReadBody(body.Memory.Span, binding.BodyOf(request));
        }

        if (!isUtf8) throw new ApiException(StatusCode.Internal, "grpc: error while marshaling: string field contains invalid UTF-8");
        binding.BindPath(request, match.Values);
        if (binding.BindsQuery && query.Length > 0) binding.BindQuery(request, QueryText.Parse(query));
        return (request, received);
    }

    private static void ReadBody(ReadOnlySpan<byte> body, IMessage message)
    {
        if (body.IndexOfAnyExcept(" \t\r\n"u8) < 0) return;
        try
        {
            ProtoJson.ReadLenient(body, message);
        }
        catch (ProtoJsonException e)
        {
            throw new ApiException(StatusCode.InvalidArgument, e.Message);
        }
    }

    private async Task HandleRawAsync(HttpContext context, IRawEndpoint route, string rest, string query)
    {
        using var deadline = new RequestDeadline(_settings.CallTime, _clock, context.RequestAborted);
        using var request = new RawHttpRequest(context, _settings, _addresses, rest, query, deadline);
        try
        {
            var answer = await route.HandleAsync(request, deadline.Token);
            HttpReply.SetRetryAfter(context, answer.RetryAfterSec);
            HttpReply.WriteRaw(context, answer);
        }
        catch (ApiException e)
        {
            HttpReply.WriteError(context, e.Status, e.Message, _settings.ErrorsHaveDetails);
        }
        catch (OperationCanceledException)
        {
            var (code, text) = deadline.HasPassed ? (StatusCode.DeadlineExceeded, ApiErrors.DeadlineText) : (StatusCode.Canceled, ApiErrors.CanceledText);
            HttpReply.WriteError(context, code, text, _settings.ErrorsHaveDetails);
        }
        catch (Exception e)
        {
            HttpLog.RouteFailed(_log, e, route.Prefix);
            HttpReply.WriteError(context, StatusCode.Internal, ApiErrors.InternalText, _settings.ErrorsHaveDetails);
        }
    }

    /// <summary>The segments, decoded. Keys of the operators' API may contain slashes when they are escaped.</summary>
    private string[] Split(string path, string decoded)
    {
        if (_settings.EscapedSlashSeparates || !path.Contains('%')) return decoded[1..].Split('/');
        var segments = path[1..].Split('/');
        foreach (ref var segment in segments.AsSpan()) segment = UrlText.Decode(segment, plusIsSpace: false, out _, out _)!;
        return segments;
    }

    private static bool IsBelow(string path, string route) =>
        path == route || (route.EndsWith('/') && path.StartsWith(route, StringComparison.Ordinal));

    private static Task RefusePath(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        HttpReply.WriteRaw(context, StatusCodes.Status400BadRequest, "text/plain; charset=utf-8", "400 Bad Request"u8);
        return Task.CompletedTask;
    }

    private static Task Redirect(HttpContext context, string path, string query)
    {
        while (path.Contains("//", StringComparison.Ordinal)) path = path.Replace("//", "/", StringComparison.Ordinal);
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = path + query;
        return Task.CompletedTask;
    }
}
