namespace Aspire.Hosting;

/// <summary>
/// The ports of a node. Game clients connect to them directly. Each gRPC port is derived: one below the API's, three below the console
/// API's.
/// </summary>
public sealed record NakamaPorts
{
    /// <summary>The API over HTTP and the sockets of clients.</summary>
    public int Api { get; init; } = 7350;

    /// <summary>The API over gRPC.</summary>
    public int Grpc => Api - 1;

    /// <summary>The API of the console.</summary>
    public int ConsoleApi { get; init; } = 7357;

    /// <summary>The console.</summary>
    public int Console { get; init; } = 7351;
}
