using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.House;

/// <summary>What the dashboard offers to do with the parts of a run.</summary>
[Collection(HouseGuests.Name)]
public sealed class DashboardCommands(RunningHouse house) : IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(5));

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Resetting_the_database_forgets_the_players_and_brings_the_server_back()
    {
        var device = Unique.Id();
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(device, create: true));

        var result = await house.App.ResourceCommands.ExecuteCommandAsync("nakamadb", "reset", _patience.Token);
        Assert.True(result.Success, result.Message);

        while (await SignInAsync(device, create: false) is not HttpStatusCode.NotFound) await Task.Delay(100, _patience.Token);
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(device, create: true));
    }

    [Theory]
    [InlineData("hello-csharp", "hello from C#")]
    [InlineData("hello-javascript", "hello from JavaScript")]
    public async Task A_sample_client_starts_on_demand_and_hears_itself(string client, string line)
    {
        var result = await house.App.ResourceCommands.ExecuteCommandAsync(client, KnownResourceCommands.StartCommand, _patience.Token);
        Assert.True(result.Success, result.Message);

        await WaitForLineAsync(client, line);
        await house.App.ResourceCommands.ExecuteCommandAsync(client, KnownResourceCommands.StopCommand, _patience.Token);
    }

    private async Task WaitForLineAsync(string resource, string text)
    {
        await house.App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.Running, _patience.Token);
        var logs = house.App.Services.GetRequiredService<ResourceLoggerService>();
        var id = house.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(one => one.Name == resource);
        await foreach (var lines in logs.WatchAsync(id).WithCancellation(_patience.Token))
        {
            if (lines.Any(line => line.Content.Contains(text, StringComparison.Ordinal))) return;
        }
    }

    /// <summary>The status of a sign-in; of service unavailable while nobody answers.</summary>
    private async Task<HttpStatusCode> SignInAsync(string device, bool create)
    {
        using var client = new HttpClient { BaseAddress = house.App.GetEndpoint("server", "http") };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/account/authenticate/device?create={(create ? "true" : "false")}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("defaultkey:"u8));
        request.Content = new StringContent($$"""{"id":"{{device}}"}""", Encoding.UTF8, "application/json");
        try
        {
            using var answer = await client.SendAsync(request, _patience.Token);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return HttpStatusCode.ServiceUnavailable;
        }
    }
}
