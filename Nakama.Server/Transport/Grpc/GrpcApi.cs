using global::Grpc.Core;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi;

namespace Nakama.Server.Transport.Grpc;

/// <summary>Runs every method of one service through the pipeline.</summary>
internal abstract class GrpcApi(ApiAudience audience, int maxMessageBytes, IEnumerable<ApiService> services, ApiPipeline pipeline, ClientAddresses addresses)
{
    // What fits into one packet anyway is not worth compressing.
    private const int MinCompressedBytes = 1024;

    // The message is sent together with the status that follows immediately.
    private static readonly WriteOptions Plain = new(WriteFlags.BufferHint | WriteFlags.NoCompress);
    private static readonly WriteOptions Compressible = new(WriteFlags.BufferHint);

    private static readonly GrpcRequest Incomplete = new(null, 0, GrpcErrors.Incomplete);
    private static readonly GrpcRequest Canceled = new(null, 0, GrpcErrors.Canceled);

    public ApiService Service { get; } = services.First(s => s.Audience == audience);

    /// <summary>Messages above this are refused, before decompression and after.</summary>
    public int MaxMessageBytes { get; } = maxMessageBytes;

    /// <summary>Answers one call: with one message, or with a status other than 0 and no message.</summary>
    public async Task HandleAsync(ApiMethod method, IAsyncStreamReader<GrpcRequest> requests, IServerStreamWriter<GrpcResponse> responses, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var request = await ReadAsync(requests, http.RequestAborted);
        if (request.Message is not { } message)
        {
            End(context, request.Problem!.Code, request.Problem.Message);
            return;
        }

        var deadline = http.Features.Get<RequestDeadline>();
        if (deadline is { HasPassed: true })
        {
            End(context, GrpcErrors.DeadlineExceeded.Code, GrpcErrors.DeadlineExceeded.Message);
            return;
        }

        var headers = http.Request.Headers;
        var authorization = headers.Authorization.Count > 0 ? headers.Authorization : headers["grpcgateway-authorization"];
        var client = addresses.Of(http);
        var call = new ApiCall
        {
            Method = method,
            ClientIp = client.Ip,
            ClientPort = client.PortText,
            ClientToldBy = client.ToldBy?.ToString(),
            Metadata = headers,
            Deadline = deadline,
        };
        var outcome = await pipeline.InvokeAsync(Service, call, authorization, message, http.RequestAborted);
        var size = 0;
        if (outcome.Response is { } response)
        {
            size = response.CalculateSize();
            if (size > ApiAnswers.MaxBytes)
            {
                outcome = outcome with { Response = null, Code = Errors.StatusCode.ResourceExhausted, Message = ApiAnswers.TooLargeText };
                size = 0;
            }
        }

        if (outcome.IsOk)
        {
            context.WriteOptions = size < MinCompressedBytes ? Plain : Compressible;
            await responses.WriteAsync(new GrpcResponse(outcome.Response!, size));
        }
        else
        {
            if (outcome.RetryAfterSec > 0) context.ResponseTrailers.Add(GrpcErrors.RetryAfter, GrpcErrors.RetryAfterText);
            End(context, outcome.Code, outcome.Message);
        }

        pipeline.Complete(Service, outcome, request.Size, size);
    }

    private static async ValueTask<GrpcRequest> ReadAsync(IAsyncStreamReader<GrpcRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            return await requests.MoveNext(cancellationToken) ? requests.Current : Incomplete;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return Canceled;
        }
    }

    private static void End(ServerCallContext context, Errors.StatusCode code, string message) =>
        context.Status = new global::Grpc.Core.Status((global::Grpc.Core.StatusCode)(int)code, message);
}

/// <summary>The methods for game clients.</summary>
internal sealed class GameGrpcApi(IEnumerable<ApiService> services, ApiPipeline pipeline, ClientAddresses addresses, SocketOptions socket)
    : GrpcApi(ApiAudience.Games, socket.MaxRequestSizeBytes, services, pipeline, addresses);

/// <summary>The methods for operators.</summary>
internal sealed class ConsoleGrpcApi(IEnumerable<ApiService> services, ApiPipeline pipeline, ClientAddresses addresses, ConsoleOptions console)
    : GrpcApi(ApiAudience.Operators, console.MaxMessageSizeBytes, services, pipeline, addresses);
