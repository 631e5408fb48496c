using Google.Protobuf;
using Google.Protobuf.Reflection;
using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Server.Transport.Grpc;

/// <summary>The gRPC form of a service, with health and reflection beside it.</summary>
internal sealed class GrpcDoor : IDoor
{
    private readonly ApiService? _service;
    private readonly ApiPipeline _pipeline;
    private readonly IGrpcService[] _own;
    private readonly GrpcDoorSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger<GrpcDoor> _log;

    public GrpcDoor(
        GrpcDoorSettings settings, IEnumerable<ApiService> services, ApiPipeline pipeline, IEnumerable<IGrpcService> own, TimeProvider clock, ILogger<GrpcDoor> log)
    {
        _settings = settings;
        _service = services.FirstOrDefault(s => s.Audience == settings.Audience);
        _pipeline = pipeline;
        _own = [.. own];
        _clock = clock;
        _log = log;
    }

    public DoorKind Kind => _settings.Kind;

    /// <summary>The name of the service that the door is for; empty when it has none.</summary>
    public string ServiceName => _service?.Map.Service.FullName ?? "";

    /// <summary>The file that describes the service.</summary>
    public FileDescriptor? Contract => _service?.Map.Service.File;

    public Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method)) return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed);
        if (!IsGrpc(context.Request.ContentType)) return RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType);
        return HandleCallAsync(context);
    }

    private async Task HandleCallAsync(HttpContext context)
    {
        var stream = new GrpcStream(context, _settings.MaxMessageBytes);
        stream.Begin();
        RequestDeadline? deadline = null;
        try
        {
            deadline = new RequestDeadline(TimeoutOf(context), _clock, context.RequestAborted);
            var (service, method) = NameOf(context.Request.Path.Value ?? "");
            if (service == ServiceName) await HandleMethodAsync(context, method, stream, deadline);
            else await HandleOwnAsync(service, method, stream, deadline);
        }
        catch (ApiError e)
        {
            stream.End(e.Status, e.Message);
        }
        catch (OperationCanceledException)
        {
            if (deadline is { HasPassed: true }) stream.End(StatusCode.DeadlineExceeded, ApiErrors.DeadlineText);
            else stream.End(StatusCode.Canceled, ApiErrors.CanceledText);
        }
        catch (Exception e) when (e is IOException or BadHttpRequestException)
        {
            stream.End(StatusCode.Canceled, ApiErrors.CanceledText);
        }
        catch (Exception e)
        {
            GrpcLog.CallFailed(_log, e, context.Request.Path);
            stream.End(StatusCode.Internal, ApiErrors.InternalText);
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    private async Task HandleMethodAsync(HttpContext context, string name, GrpcStream stream, RequestDeadline deadline)
    {
        var method = _service!.Map.Find(name) ?? throw GrpcFault.UnknownMethod(ServiceName, name);
        var request = (IMessage)Activator.CreateInstance(method.Descriptor.InputType.ClrType)!;
        if (!await stream.TryReadAsync(request, deadline.Token)) throw GrpcFault.Incomplete;

        var headers = context.Request.Headers;
        var authorization = headers.Authorization.Count > 0 ? headers.Authorization : headers["grpcgateway-authorization"];
        var client = ClientAddress.Of(context, _settings.ProxyCount);
        var call = new ApiCall { Method = method, ClientIp = client.Ip, ClientPort = client.Port, Metadata = headers, Deadline = deadline };
        var outcome = await _pipeline.InvokeAsync(_service, call, authorization, request, deadline.Token);
        var sent = outcome.Response is { } response ? stream.Write(response) : 0;
        stream.End(outcome.Code, outcome.Message);
        _pipeline.Complete(_service, outcome, stream.ReceivedBytes, sent);
    }

    private async Task HandleOwnAsync(string service, string method, GrpcStream stream, RequestDeadline deadline)
    {
        foreach (var own in _own)
        {
            if (!own.Has(service, method)) continue;
            await own.HandleAsync(this, method, stream, deadline.Token);
            stream.End(StatusCode.Ok, "");
            return;
        }

        throw GrpcFault.UnknownService(service);
    }

    private static TimeSpan TimeoutOf(HttpContext context)
    {
        var text = context.Request.Headers["grpc-timeout"];
        if (text.Count == 0) return Timeout.InfiniteTimeSpan;
        return GrpcText.TryParseTimeout(text.ToString(), out var timeout) ? timeout : throw GrpcFault.MalformedTimeout;
    }

    private static (string Service, string Method) NameOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash > 1 ? (path[1..slash], path[(slash + 1)..]) : throw GrpcFault.MalformedName(path);
    }

    private static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == 16 || contentType[16] is '+' or ';');

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
