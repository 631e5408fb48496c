namespace Nakama.Server.Outbound;

/// <summary>No connection was opened, since all addresses of the host are denied.</summary>
public sealed class DeniedAddressException(string host) : IOException($"connections to {host} are denied");
