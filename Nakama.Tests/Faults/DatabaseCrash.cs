using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Faults;

/// <summary>PostgreSQL is killed while players write, and restarted.</summary>
public sealed class DatabaseCrash : IAsyncLifetime
{
    private const int Writers = 8;
    private const int Internal = 13;
    private const int Unavailable = 14;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, string> _acknowledged = [];
    private readonly ConcurrentBag<int> _codes = [];
    private PostgresServer _postgres = null!;
    private TestServer _server = null!;
    private TestPlayer _player = null!;

    public async Task InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        await Postgres.MigrateAsync(_postgres.ConnectionString("postgres"));
        _server = await TestServer.StartAsync(
            options => options with { Session = options.Session with { TokenExpirySec = 3600 } },
            address: _postgres.Address("postgres"));
        _server.Http.Timeout = LongestAnswer;
        _player = await _server.AuthenticateAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task Requests_fail_meanwhile_work_again_afterwards_and_nothing_acknowledged_is_lost()
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(_ => WriteUntilAsync(stop.Token)).ToArray();
        await UntilAsync(() => _acknowledged.Count >= 200);

        await _postgres.KillAsync();
        await UntilAsync(() => _codes.Count >= 3 * Writers);
        await _postgres.RestartAsync();
        var before = _acknowledged.Count;
        await UntilAsync(() => _acknowledged.Count >= before + 200);
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.All(_codes, code => Assert.True(code is Internal or Unavailable, $"answered with code {code}"));
        Assert.Equal(_acknowledged.OrderBy(pair => pair.Key, StringComparer.Ordinal), (await StoredAsync()).OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(LongestRecovery);
        while (!condition()) await Task.Delay(10, timeout.Token);
    }

    private async Task WriteUntilAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var key = Unique.Name("k");
            using var request = new HttpRequestMessage(HttpMethod.Put, "/v2/storage");
            request.Headers.Authorization = _player.Bearer;
            request.Content = JsonContent.Create(new { objects = new[] { new { collection = "crash", key, value = $$"""{"key":"{{key}}"}""" } } });
            using var response = await _server.Http.SendAsync(request, CancellationToken.None);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
            if (response.IsSuccessStatusCode) _acknowledged[key] = answer.GetProperty("acks")[0].GetProperty("version").GetString()!;
            else _codes.Add(answer.GetProperty("code").GetInt32());
        }
    }

    /// <summary>The stored objects among the acknowledged ones; a write without a response may be stored or not.</summary>
    private async Task<Dictionary<string, string>> StoredAsync()
    {
        await using var database = NpgsqlDataSource.Create(_postgres.ConnectionString("postgres"));
        await using var command = database.CreateCommand("SELECT key, version FROM storage WHERE collection = 'crash'");
        await using var reader = await command.ExecuteReaderAsync();
        var stored = new Dictionary<string, string>();
        while (await reader.ReadAsync())
        {
            if (_acknowledged.ContainsKey(reader.GetString(0))) stored.Add(reader.GetString(0), reader.GetString(1));
        }

        return stored;
    }
}
