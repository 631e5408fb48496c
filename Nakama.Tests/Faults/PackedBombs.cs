using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>
/// MessagePack messages to the hub that announce sizes or nesting beyond their contents, with a large message limit. The node is
/// a separate process, as the failure under test would end it.
/// </summary>
public sealed class PackedBombs
{
    private const int MaxMessage = 1 << 20;
    private const int Depth = 900_000;
    private const byte Array1 = 0x91;
    private const byte Map1 = 0x81;
    private const byte Nil = 0xC0;
    private const byte MessageEnd = 0x1e;

    [Fact]
    public async Task They_end_their_session_or_are_refused_and_the_node_serves_on()
    {
        var postgres = await Postgres.ServerAsync();
        var database = await Postgres.CreateDatabaseAsync();
        await using (var server = await ServerProcess.StartAsync(
            postgres.Address(database), "--socket.max_message_size_bytes", $"{MaxMessage}", "--socket.outgoing_queue_size", "1024"))
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
            var token = await SignInAsync(http);
            foreach (var (name, messages) in Bombs())
            {
                try
                {
                    Assert.True(await TalkAsync(server.Port, token, messages), $"{name} is neither refused nor ends the session");
                    using var health = await http.GetAsync(new Uri("/healthcheck", UriKind.Relative));
                    Assert.Equal(HttpStatusCode.OK, health.StatusCode);
                }
                catch (HttpRequestException)
                {
                    Assert.Fail($"{name} ended the node: {server.Output[^Math.Min(server.Output.Length, 2000)..]}");
                }
            }

            Assert.DoesNotContain("\"level\":\"error\"", server.Output, StringComparison.Ordinal);
            Assert.InRange(Resident(server.Id), 1, 1500);
        }

        await Postgres.DropDatabaseAsync(database);
    }

    private static IEnumerable<(string Name, byte[][] Messages)> Bombs()
    {
        foreach (var (name, message) in SingleBombs()) yield return (name, [message]);
        // After an unknown message the library reads on only when more is buffered than one message may have, and ends the
        // session.
        yield return ("arrays as an unknown message", [[0x92, 99, .. Nested([Array1])], new byte[MaxMessage]]);
    }

    private static IEnumerable<(string Name, byte[] Message)> SingleBombs()
    {
        var arrays = Nested([Array1]);
        var maps = Nested([Map1, 0xA1, (byte)'a'], Depth / 3);
        foreach (var (kind, nested) in new[] { ("arrays", arrays), ("maps", maps) })
        {
            yield return ($"{kind} as a text", Invocation("ChannelJoin", nested, [1], [Nil], [Nil]));
            yield return ($"{kind} as one argument too many", Invocation("Ping", nested));
            yield return ($"{kind} as presences", Invocation("MatchDataSend", Text("m"), [1], [Nil], nested, [Nil]));
            yield return ($"{kind} as metadata", Invocation("MatchJoin", Text("m"), [Nil], nested));
            yield return ($"{kind} as arguments of an unknown method", Invocation("None", nested));
            yield return ($"{kind} as the result of no call", [0x95, 3, 0x80, .. Text("1"), 3, .. nested]);
            yield return ($"{kind} as an item of no stream", [0x94, 2, 0x80, .. Text("1"), .. nested]);
            yield return ($"{kind} as headers", [0x96, 1, .. nested]);
            yield return ($"{kind} as a message", nested);
        }

        byte[] most = [0x7f, 0xff, 0xff, 0xff];
        foreach (var (kind, head) in new (string, byte)[] { ("array", 0xdd), ("map", 0xdf), ("text", 0xdb), ("bytes", 0xc6), ("extension", 0xc9) })
        {
            byte[] announced = [head, .. most];
            yield return ($"a long {kind} as a text", Invocation("ChannelJoin", announced, [1], [Nil], [Nil]));
            yield return ($"a long {kind} as data", Invocation("MatchDataSend", Text("m"), [1], announced, [Nil], [Nil]));
            yield return ($"a long {kind} as presences", Invocation("MatchDataSend", Text("m"), [1], [Nil], announced, [Nil]));
            yield return ($"a long {kind} as metadata", Invocation("MatchJoin", Text("m"), [Nil], announced));
            yield return ($"a long {kind} as headers", [0x96, 1, .. announced]);
            yield return ($"a long {kind} as one argument too many", Invocation("Ping", announced));
        }

        yield return ("many arguments", [0x96, 1, 0x80, .. Text("1"), .. Text("Ping"), 0xdd, 0, 0x0f, 0xff, 0xff, .. Enumerable.Repeat(Nil, 0x0fffff - 64)]);
    }

    private static byte[] Invocation(string target, params byte[][] arguments) =>
        [0x96, 1, 0x80, .. Text("1"), .. Text(target), (byte)(0x90 | arguments.Length), .. arguments.SelectMany(static bytes => bytes), 0x90];

    private static byte[] Text(string text) => [(byte)(0xa0 | text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Nested(byte[] level, int depth = Depth) => [.. Enumerable.Repeat(level, depth).SelectMany(static bytes => bytes), Nil];

    /// <summary>
    /// Sends messages and waits until the node has processed them: it responds to a later call, or ends the session.
    /// </summary>
    private static async Task<bool> TalkAsync(int port, string token, byte[][] messages)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/signalr?access_token={token}"), patience.Token);
        var buffer = new byte[65536];
        try
        {
            await socket.SendAsync((byte[])[.. """{"protocol":"messagepack","version":1}"""u8, MessageEnd], WebSocketMessageType.Text, true, patience.Token);
            foreach (var message in messages) await socket.SendAsync(Framed(message), WebSocketMessageType.Binary, true, patience.Token);
            await socket.SendAsync(Framed([0x96, 1, 0x80, .. Text("last"), .. Text("Ping"), 0x90, 0x90]), WebSocketMessageType.Binary, true, patience.Token);
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer, patience.Token);
                if (read.MessageType == WebSocketMessageType.Close || buffer.AsSpan(0, read.Count).IndexOf("last"u8) >= 0) return true;
            }
        }
        catch (WebSocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static byte[] Framed(byte[] message)
    {
        var head = new List<byte>();
        var length = (uint)message.Length;
        for (; length > 127; length >>= 7) head.Add((byte)(0x80 | (length & 0x7f)));
        head.Add((byte)length);
        return [.. head, .. message];
    }

    private static async Task<string> SignInAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/account/authenticate/device?create=true");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("defaultkey:"u8));
        request.Content = new StringContent($$"""{"id":"{{Unique.Id()}}"}""", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("token").GetString()!;
    }

    /// <summary>The memory of a process in MiB.</summary>
    private static long Resident(int id)
    {
        using var process = System.Diagnostics.Process.GetProcessById(id);
        return process.WorkingSet64 >> 20;
    }
}
