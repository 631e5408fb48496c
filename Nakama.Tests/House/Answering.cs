using System.Net.Sockets;

namespace Nakama.Tests.House;

/// <summary>Whether anybody listens at an address.</summary>
internal static class Answering
{
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
}
