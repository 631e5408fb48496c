using Nakama.Server.Errors;
using Nakama.Server.Wire.Grpc;
using Serving = Nakama.Server.Wire.Grpc.HealthCheckResponse.Types.ServingStatus;

namespace Nakama.Server.Transport.Grpc;

/// <summary>Tells orchestrators whether the server takes calls: from its start until it is told to stop.</summary>
internal sealed class GrpcHealth(IHostApplicationLifetime lifetime) : IGrpcService
{
    public bool Has(string service, string method) => service == "grpc.health.v1.Health" && method is "Check" or "Watch";

    public async Task HandleAsync(GrpcDoor door, string method, GrpcStream stream, CancellationToken cancellationToken)
    {
        var request = new HealthCheckRequest();
        if (!await stream.TryReadAsync(request, cancellationToken)) throw GrpcFault.Incomplete;
        var isKnown = request.Service.Length == 0 || request.Service == door.ServiceName;
        if (method == "Check")
        {
            if (!isKnown) throw new ApiError(StatusCode.NotFound, "unknown service");
            stream.Write(new HealthCheckResponse { Status = Current });
            return;
        }

        stream.Write(new HealthCheckResponse { Status = isKnown ? Current : Serving.ServiceUnknown });
        await stream.FlushAsync(cancellationToken);
        await WaitAsync(lifetime.ApplicationStopping, cancellationToken);
        stream.Write(new HealthCheckResponse { Status = Serving.NotServing });
    }

    private Serving Current => lifetime.ApplicationStopping.IsCancellationRequested ? Serving.NotServing : Serving.Serving;

    private static async Task WaitAsync(CancellationToken awaited, CancellationToken cancellationToken)
    {
        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = awaited.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), happened);
        await happened.Task.WaitAsync(cancellationToken);
    }
}
