using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Authentication;

/// <summary>An answer of the API: its status and its JSON.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonElement Body)
{
    public string Text(string name) => Body.GetProperty(name).GetString()!;

    /// <summary>Fails unless the answer is a success.</summary>
    public ApiAnswer Ok()
    {
        Assert.True(Status == HttpStatusCode.OK, $"{(int)Status} {Body}");
        return this;
    }

    /// <summary>Fails unless the answer is this refusal, text included.</summary>
    public void Refused(int status, int code, string message)
    {
        Assert.Equal(message, Body.TryGetProperty("message", out var text) ? text.GetString() : $"{(int)Status} {Body}");
        Assert.Equal((status, code), ((int)Status, Body.GetProperty("code").GetInt32()));
    }
}

/// <summary>Plain requests to a node's API listener.</summary>
internal static class ApiClient
{
    public static Task<ApiAnswer> WithKeyAsync(this TestServer server, string path, object? body) =>
        server.SendAsync(HttpMethod.Post, path, body, server.BasicKey);

    public static Task<ApiAnswer> AsAsync(this TestServer server, string token, string request, object? body = null)
    {
        var parts = request.Split(' ', 2);
        return server.SendAsync(new HttpMethod(parts[0]), parts[1], body, new("Bearer", token));
    }

    private static async Task<ApiAnswer> SendAsync(
        this TestServer server, HttpMethod method, string path, object? body, AuthenticationHeaderValue authorization)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = authorization;
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, JsonDocument.Parse(text.Length == 0 ? "{}" : text).RootElement.Clone());
    }
}
