namespace Nakama.Server.Transport.Grpc;

/// <summary>A service about the server itself, beside the one that a door is for.</summary>
internal interface IGrpcService
{
    /// <summary>Whether it answers calls of this name.</summary>
    bool Has(string service, string method);

    /// <summary>Reads, answers and returns; the door ends the call.</summary>
    /// <param name="door">The door that the call came through.</param>
    /// <param name="method">The bare name of the method.</param>
    /// <param name="stream">The messages of the call.</param>
    /// <param name="cancellationToken">Ends with the call.</param>
    Task HandleAsync(GrpcDoor door, string method, GrpcStream stream, CancellationToken cancellationToken);
}
