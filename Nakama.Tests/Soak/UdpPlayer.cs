using Nakama.Protocol.Realtime;
using Nakama.Tests.TestHost;
using Nakama.Tests.Transport.Rudp;

namespace Nakama.Tests.Soak;

/// <summary>A player on the reliable UDP listener.</summary>
internal sealed class UdpPlayer(EnetClient client) : ISoakPlayer
{
    public static async Task<ISoakPlayer> OpenAsync(TestServer server, TestPlayer player) =>
        new UdpPlayer(await EnetClient.OpenAsync(server.Port + 2, player, "&status=true"));

    public async Task<Envelope?> AskAsync(Envelope request)
    {
        var answer = client.AskAsync(request);
        return await Task.WhenAny(answer, client.Disconnected) == answer ? await answer : null;
    }

    public Task SendAsync(Envelope message)
    {
        client.Send(message);
        return Task.CompletedTask;
    }

    public async Task LeaveAsync()
    {
        client.Leave();
        await client.Disconnected;
    }

    public void Vanish() => client.Vanish();

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
