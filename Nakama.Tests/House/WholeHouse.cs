using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Testing;

namespace Nakama.Tests.House;

[Collection(HouseGuests.Name)]
public sealed class WholeHouse(RunningHouse house)
{
    [Fact]
    public async Task A_new_device_signs_in_and_finds_its_account()
    {
        using var client = house.App.CreateHttpClient("server", "http");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("defaultkey:"u8));
        using var device = new StringContent($$"""{"id":"{{Guid.NewGuid()}}"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/v2/account/authenticate/device?create=true&username=clara", UriKind.Relative), device);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenIn(answer));
        var account = await client.GetFromJsonAsync<JsonElement>("/v2/account");
        Assert.Equal("clara", account.GetProperty("user").GetProperty("username").GetString());
    }

    [Fact]
    public async Task The_console_shows_its_pages_and_passes_its_api_through()
    {
        using var client = house.App.CreateHttpClient("console");
        Assert.Contains("<html", await client.GetStringAsync(new Uri("/login", UriKind.Relative)), StringComparison.OrdinalIgnoreCase);

        using var answer = await client.PostAsJsonAsync("/v2/console/authenticate", new { username = "admin", password = "password" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(await TokenIn(answer));
    }

    [Fact]
    public async Task Metrics_are_there_for_prometheus()
    {
        using var client = house.App.CreateHttpClient("server", "metrics");
        using var answer = await client.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<string> TokenIn(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
}
