using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport;

/// <summary>Letters in paths and queries that a client did not escape.</summary>
public sealed class TargetsInPlainUtf8(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Are_read_as_if_they_were_escaped()
    {
        var (player, name) = await PlayerWithGroupAsync();

        var answers = await SendAsync([Get(player, $"/v2/group?limit=5&name={name}%25")]);

        Assert.Equal(name, GroupIn(answers[0]));
    }

    [Fact]
    public async Task Work_for_every_request_of_a_connection()
    {
        var (player, name) = await PlayerWithGroupAsync();
        var body = Encoding.UTF8.GetBytes("""{"display_name":"GET /é HTTP/1.1\n"}""");
        var length = Encoding.UTF8.GetBytes($"PUT /v2/account?é=ü HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {player.Token}\r\nContent-Length: {body.Length}\r\n\r\n");
        var chunked = Encoding.UTF8.GetBytes($"PUT /v2/account?é=ü HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {player.Token}\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] chunks = [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8];
        var get = Get(player, $"/v2/group?limit=5&name={name}");

        var answers = await SendAsync([get, [.. length, .. body], get, [.. chunked, .. chunks], "\r\n"u8.ToArray(), get, Get(player, "/v2/account")]);

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(6, answers.Count);
        Assert.All(new[] { 0, 2, 4 }, index => Assert.Equal(name, GroupIn(answers[index])));
        Assert.Equal("GET /é HTTP/1.1\n", Parse(answers[5]).GetProperty("user").GetProperty("display_name").GetString());
    }

    [Fact]
    public async Task May_arrive_in_pieces()
    {
        var (player, name) = await PlayerWithGroupAsync();
        var request = Get(player, $"/v2/group?limit=5&name={name}");
        using var client = await Server.ConnectAsync();
        client.NoDelay = true;
        foreach (var b in request)
        {
            client.GetStream().WriteByte(b);
            await Task.Yield();
        }

        Assert.Equal(name, GroupIn(Assert.Single(await ReadAsync(client, 1))));
    }

    [Theory]
    [InlineData("GÉT /v2/account HTTP/1.1")]
    [InlineData("GET /v2/account HTTP/1.é")]
    [InlineData("GET /v2/group?name=É clair HTTP/1.1")]
    public async Task Are_the_only_place_for_such_letters(string line)
    {
        var answers = await SendAsync([Encoding.UTF8.GetBytes(line + "\r\nHost: x\r\n\r\n")]);

        Assert.Equal(400, answers[0].Status);
    }

    private async Task<(TestPlayer Player, string Name)> PlayerWithGroupAsync()
    {
        var player = await Server.AuthenticateAsync();
        var name = "Éclair-日本-" + Unique.Name();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/group") { Content = new StringContent($$"""{"name":"{{name}}"}""") };
        request.Headers.Authorization = new("Bearer", player.Token);
        using var response = await Server.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (player, name);
    }

    private static byte[] Get(TestPlayer player, string target) =>
        Encoding.UTF8.GetBytes($"GET {target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {player.Token}\r\n\r\n");

    private async Task<List<WireAnswer>> SendAsync(byte[][] requests)
    {
        using var client = await Server.ConnectAsync();
        await client.GetStream().WriteAsync(requests.SelectMany(request => request).ToArray());
        return await ReadAsync(client, requests.Count(request => request.Length > 2));
    }

    private static async Task<List<WireAnswer>> ReadAsync(TcpClient client, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var answers = new List<WireAnswer>();
        var received = new List<byte>();
        var buffer = new byte[4096];
        while (answers.Count < count)
        {
            var read = await client.GetStream().ReadAsync(buffer, patience.Token);
            if (read == 0) break;
            received.AddRange(buffer.AsSpan(0, read));
            while (TryTake(received) is { } answer) answers.Add(answer);
        }

        return answers;
    }

    private static WireAnswer? TryTake(List<byte> received)
    {
        var bytes = received.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var length = end + 4 + int.Parse(WireAnswer.Parse(bytes)["Content-Length"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        if (bytes.Length < length) return null;
        received.RemoveRange(0, length);
        return WireAnswer.Parse(bytes[..length]);
    }

    private static string GroupIn(WireAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        return Assert.Single(Parse(answer).GetProperty("groups").EnumerateArray().ToArray()).GetProperty("name").GetString()!;
    }

    private static JsonElement Parse(WireAnswer answer) => JsonDocument.Parse(answer.Body).RootElement;
}
