using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Nakama.Tests.House;

/// <summary>The app host as a newcomer starts it: everything, in order, on its own.</summary>
public sealed class WholeHouse
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_client_signs_in_the_console_answers_and_nothing_stays_behind()
    {
        using var patience = new CancellationTokenSource(Patience);
        var cancellationToken = patience.Token;
        await using var house = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Nakama_AppHost>(cancellationToken);
        await using var app = await house.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("console", cancellationToken);

        Assert.Equal("anna", await SignInAsync(app, "anna", cancellationToken));
        Assert.NotEmpty(await SignInToConsoleAsync(app, cancellationToken));
        using var console = app.CreateHttpClient("console");
        Assert.Contains("<html", await console.GetStringAsync("/login", cancellationToken), StringComparison.OrdinalIgnoreCase);
        using var metrics = app.CreateHttpClient("server", "metrics");
        Assert.Contains("nakama_", await metrics.GetStringAsync("/metrics", cancellationToken), StringComparison.Ordinal);

        var addresses = new[] { app.GetEndpoint("server", "http"), app.GetEndpoint("server", "grpc"), app.GetEndpoint("console") };
        await app.StopAsync(cancellationToken);
        foreach (var address in addresses) Assert.False(await Answering.IsAsync(address));
    }

    /// <summary>The name of the account that a new device gets.</summary>
    private static async Task<string> SignInAsync(DistributedApplication app, string name, CancellationToken cancellationToken)
    {
        using var client = app.CreateHttpClient("server", "http");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("defaultkey:"u8));
        using var device = new StringContent($$"""{"id":"{{Guid.NewGuid()}}"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync($"/v2/account/authenticate/device?create=true&username={name}", device, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        var account = await client.GetFromJsonAsync<JsonElement>("/v2/account", cancellationToken);
        return account.GetProperty("user").GetProperty("username").GetString()!;
    }

    private static async Task<string> SignInToConsoleAsync(DistributedApplication app, CancellationToken cancellationToken)
    {
        using var client = app.CreateHttpClient("server", "console");
        using var answer = await client.PostAsJsonAsync("/v2/console/authenticate", new { username = "admin", password = "password" }, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return session.GetProperty("token").GetString()!;
    }
}
