using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Nakama.Tests.Transport.Rudp;

namespace Nakama.Tests.Logging;

/// <summary>What a node that logs everything says of keys, passwords and tokens: nothing.</summary>
public sealed class SecretsInLogs
{
    private const string ServerKey = "serverkey-7c1f0a";
    private const string HttpKey = "httpkey-93be21";
    private const string SessionKey = "sessionkey-55d0aa81";
    private const string RefreshKey = "refreshkey-0b1277fe";
    private const string ConsolePassword = "consolepassword-41ad";
    private const string SigningKey = "signingkey-cc8812d0";

    private readonly List<string> _secrets = [ServerKey, HttpKey, SessionKey, RefreshKey, ConsolePassword, SigningKey];

    [Fact]
    public async Task No_secret_is_in_any_line()
    {
        var postgres = await Postgres.ServerAsync();
        var database = await Postgres.CreateDatabaseAsync();
        await using (var server = await ServerProcess.StartAsync(
            postgres.Address(database), "--logger.level", "debug", "--socket.server_key", ServerKey, "--runtime.http_key", HttpKey,
            "--session.encryption_key", SessionKey, "--session.refresh_encryption_key", RefreshKey, "--console.password", ConsolePassword,
            "--console.signing_key", SigningKey))
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
            var (token, refresh) = await SignInAsync(http);
            await UseAsync(http, server.Port, token, refresh);
            await SignInToTheConsoleAsync(server.ConsolePort);
            Assert.Equal(0, await server.StopAsync());

            // Otherwise there would be nothing to look through.
            Assert.Contains("\"level\":\"debug\"", server.Output, StringComparison.Ordinal);
            Assert.All(_secrets, secret => Assert.DoesNotContain(secret, server.Output, StringComparison.Ordinal));
        }

        await Postgres.DropDatabaseAsync(database);
    }

    /// <summary>By every way there is, with good and with bad credentials.</summary>
    private async Task<(string Token, string Refresh)> SignInAsync(HttpClient http)
    {
        (string, string) last = default;
        foreach (var (method, fields) in new (string, string)[]
        {
            ("device", $$"""{"id":"{{Secret("device-identifier")}}"}"""),
            ("custom", $$"""{"id":"{{Secret("custom-identifier")}}"}"""),
            ("email", $$"""{"email":"{{Unique.Name()}}@example.com","password":"{{Secret("password")}}"}"""),
            ("apple", $$"""{"token":"{{Secret("apple")}}"}"""),
            ("google", $$"""{"token":"{{Secret("google")}}"}"""),
            ("facebook", $$"""{"token":"{{Secret("facebook")}}"}"""),
            ("facebookinstantgame", $$"""{"signed_player_info":"{{Secret("instant")}}"}"""),
            ("steam", $$"""{"token":"{{Secret("steam")}}"}"""),
            ("gamecenter", $$"""{"player_id":"p","bundle_id":"b","timestamp_seconds":1,"salt":"{{Secret("salt")}}","signature":"{{Secret("signature")}}","public_key_url":"https://static.gc.apple.com/x"}"""),
        })
        {
            await SendAsync(http, $"/v2/account/authenticate/{method}?create=true", fields, Basic(Secret("wrong-server-key")));
            var answer = await SendAsync(http, $"/v2/account/authenticate/{method}?create=true", fields, Basic(ServerKey));
            if (method is "device" or "custom" or "email") last = Read(answer);
        }

        var address = $"{Unique.Name()}@example.com";
        await SendAsync(http, "/v2/account/authenticate/email?create=true", $$"""{"email":"{{address}}","password":"{{Secret("right-password")}}"}""", Basic(ServerKey));
        await SendAsync(http, "/v2/account/authenticate/email?create=false", $$"""{"email":"{{address}}","password":"{{Secret("wrong-password")}}"}""", Basic(ServerKey));
        return last;
    }

    private async Task UseAsync(HttpClient http, int port, string token, string refresh)
    {
        var bearer = new AuthenticationHeaderValue("Bearer", token);
        await SendAsync(http, "/v2/account/session/refresh", $$"""{"token":"{{Secret("no-refresh-token")}}"}""", Basic(ServerKey));
        var refreshed = Read(await SendAsync(http, "/v2/account/session/refresh", $$"""{"token":"{{refresh}}"}""", Basic(ServerKey)));
        await SendAsync(http, "/v2/account/link/device", $$"""{"id":"{{Secret("linked-device")}}"}""", bearer);
        await SendAsync(http, "/v2/account/link/google", $$"""{"token":"{{Secret("linked-google")}}"}""", bearer);
        await SendAsync(http, "/v2/rpc/none", "\"\"", new AuthenticationHeaderValue("Bearer", Secret("no-token")));
        await SendAsync(http, $"/v2/rpc/none?http_key={HttpKey}", "\"\"", null);
        await SendAsync(http, $"/v2/rpc/none?http_key={Secret("no-http-key")}", "\"\"", null);
        await SendAsync(http, "/v2/iap/google", $$"""{"purchase":"{{Secret("receipt")}}"}""", bearer);
        foreach (var text in new[] { token, Secret("no-socket-token"), refreshed.Token + "%20" })
        {
            using (await RawSocket.SendRequestAsync(port, $"/ws?token={text}"))
            using (await RawSocket.SendRequestAsync(port, "/ws", $"Authorization: Bearer {text}"))
            using (await RawSocket.SendRequestAsync(port, $"/signalr?access_token={text}"))
            {
            }

            await SendAsync(http, $"/signalr/negotiate?negotiateVersion=1&access_token={text}", "", null);
        }

        using (var socket = await RawSocket.OpenAsync(port, $"/ws?token={token}"))
        {
            await socket.SendTextAsync($$$"""{"cid":"1","match_join":{"token":"{{{Secret("match-token")}}}"}}""");
            await socket.ReceiveAsync();
            await socket.SendTextAsync($$"""{"cid":"1",{{Secret("no-json")}}""");
            await socket.ReceiveEndAsync();
        }

        foreach (var text in new[] { token, Secret("no-udp-token") })
        {
            await using var udp = await EnetClient.ConnectAsync(port + 2);
            udp.Send(Encoding.UTF8.GetBytes($"token={text}"));
            if (text == token) await udp.AskAsync(new Nakama.Protocol.Realtime.Envelope { Ping = new() });
            else await udp.Disconnected;
        }

        await SendAsync(http, "/v2/session/logout", $$"""{"token":"{{token}}","refresh_token":"{{refreshed.Refresh}}"}""", bearer);
    }

    private async Task SignInToTheConsoleAsync(int port)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await SendAsync(http, "/v2/console/authenticate", $$"""{"username":"admin","password":"{{Secret("no-console-password")}}"}""", null);
        var session = await SendAsync(http, "/v2/console/authenticate", $$"""{"username":"admin","password":"{{ConsolePassword}}"}""", null);
        using var json = JsonDocument.Parse(session);
        var token = json.RootElement.GetProperty("token").GetString()!;
        _secrets.Add(token);
        var bearer = new AuthenticationHeaderValue("Bearer", token);
        await SendAsync(http, "/v2/console/user", $$"""{"username":"{{Unique.Name()}}","password":"{{Secret("Operator-password-1")}}","email":"{{Unique.Name()}}@example.com","role":4}""", bearer);
        await SendAsync(http, "/v2/console/authenticate/logout", $$"""{"token":"{{token}}"}""", bearer);
    }

    private (string Token, string Refresh) Read(string session)
    {
        using var json = JsonDocument.Parse(session);
        var (token, refresh) = (json.RootElement.GetProperty("token").GetString()!, json.RootElement.GetProperty("refresh_token").GetString()!);
        // The signature is what makes a token; its beginning is the same for all.
        _secrets.AddRange([token, refresh, token.Split('.')[2], refresh.Split('.')[2]]);
        return (token, refresh);
    }

    private string Secret(string kind)
    {
        var secret = $"{kind}-{Guid.NewGuid():N}";
        _secrets.Add(secret);
        return secret;
    }

    private static AuthenticationHeaderValue Basic(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));

    private static async Task<string> SendAsync(HttpClient http, string path, string body, AuthenticationHeaderValue? caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = caller;
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
