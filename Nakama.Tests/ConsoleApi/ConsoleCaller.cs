using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Security;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleApi;

/// <summary>Someone at the console API of a node.</summary>
internal sealed class ConsoleCaller : IDisposable
{
    private readonly HttpClient _http;

    private ConsoleCaller(TestServer server, AuthenticationHeaderValue? authorization)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.ConsolePort}") };
        _http.DefaultRequestHeaders.Authorization = authorization;
    }

    public HttpClient Http => _http;

    public static ConsoleCaller Anonymous(TestServer server) => new(server, null);

    public static ConsoleCaller Bearer(TestServer server, string token) => new(server, new AuthenticationHeaderValue("Bearer", token));

    public static ConsoleCaller Basic(TestServer server, string username, string password) =>
        new(server, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"))));

    /// <summary>An operator with exactly these rights, as the node stores them.</summary>
    public static async Task<(ConsoleCaller Caller, string Username)> CreateAsync(TestServer server, string acl, string password = "correct horse 1")
    {
        var username = Unique.Name("op");
        await InsertAsync(server, username, acl, await HashAsync(server, password));
        using var anonymous = Anonymous(server);
        var session = await anonymous.PostAsync("/v2/console/authenticate", new { username, password });
        return (Bearer(server, session.Body.GetProperty("token").GetString()!), username);
    }

    public static async Task<byte[]> HashAsync(TestServer server, string password) =>
        (await server.Services.GetRequiredService<PasswordHasher>().HashAsync(password, PasswordCaller.Node, CancellationToken.None))!;

    public static async Task<Guid> InsertAsync(TestServer server, string username, string acl, byte[]? password)
    {
        var id = Guid.NewGuid();
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "INSERT INTO console_user (id, username, email, password, acl) VALUES ($1, $2, $3, $4, $5::jsonb)");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(username);
        command.Parameters.AddWithValue($"{username}@example.com");
        command.Parameters.AddWithValue((object?)password ?? DBNull.Value);
        command.Parameters.AddWithValue(acl);
        await command.ExecuteNonQueryAsync();
        return id;
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body);

    public Task<(HttpStatusCode Status, JsonElement Body)> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode, JsonElement)> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(text));
    }
}
