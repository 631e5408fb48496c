using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Transport.WebSocket;

public sealed class EncryptedSockets
{
    [Fact]
    public async Task An_encrypted_socket_never_gets_plain_bytes()
    {
        using var certificate = SelfSigned();
        await using var node = await SocketNode.StartAsync(certificate: certificate);
        using var client = new ClientWebSocket();
        client.Options.RemoteCertificateValidationCallback =
            (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        await client.ConnectAsync(new Uri($"wss://localhost:{node.Port}/ws?token={node.TokenOf(Guid.NewGuid())}"), limit.Token);
        await client.SendAsync(Encoding.UTF8.GetBytes("""{"cid":"1","ping":{}}"""), WebSocketMessageType.Text, true, limit.Token);

        var buffer = new byte[100];
        var answer = await client.ReceiveAsync(buffer, limit.Token);
        Assert.Equal("""{"cid":"1","pong":{}}""", Encoding.UTF8.GetString(buffer, 0, answer.Count));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "", limit.Token);
        await SocketNode.UntilAsync(() => node.Sessions.Count == 0);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
