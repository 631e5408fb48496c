using System.Net.Sockets;

namespace Nakama.Tests.House;

/// <summary>Whether anybody listens at an address.</summary>
internal static class Answering
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<bool> IsAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static async Task UntilSilentAsync(Uri address, CancellationToken cancellationToken)
    {
        while (await IsAsync(address)) await Task.Delay(Pause, cancellationToken);
    }
}
