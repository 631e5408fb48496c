using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>Values that only the database rejects, while its statements are being prepared.</summary>
public sealed class RefusedValues : IAsyncLifetime
{
    private TestServer _server = null!;
    private TestPlayer _player = null!;

    public async Task InitializeAsync()
    {
        // One connection, so that the valid request uses the connection of the invalid one.
        _server = await TestServer.StartAsync(options => options with
        {
            Session = options.Session with { TokenExpirySec = 3600 },
            Database = options.Database with { MaxOpenConns = 1 },
        });
        _player = await _server.AuthenticateAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_refused_value_does_not_spoil_the_connection_for_the_next()
    {
        // The second use of a statement prepares it.
        var statuses = new List<HttpStatusCode> { await WriteAsync("{}") };
        for (var i = 0; i < 12; i++)
        {
            await WriteAsync("{\"a\":\"\\ud800\"}");
            statuses.Add(await WriteAsync("{}"));
        }

        Assert.True(statuses.TrueForAll(status => status == HttpStatusCode.OK), string.Join(' ', statuses) + "\n"
            + string.Join('\n', _server.Log.Lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Error?.Message)));
    }

    private async Task<HttpStatusCode> WriteAsync(string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v2/storage");
        request.Headers.Authorization = _player.Bearer;
        request.Content = JsonContent.Create(new { objects = new[] { new { collection = "refused", key = Unique.Name("k"), value } } });
        using var response = await _server.Http.SendAsync(request);
        return response.StatusCode;
    }
}
