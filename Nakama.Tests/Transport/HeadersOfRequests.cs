using System.Globalization;
using System.Text;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport;

public sealed class HeadersOfRequests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    private string BasicKey => Server.BasicKey.Parameter!;

    [Fact]
    public async Task May_hold_letters_of_latin_1() => Assert.Equal(200, await StatusAsync("X-Name: Andr\u00e9"));

    [Fact]
    public async Task May_be_many_as_long_as_they_are_small() => Assert.Equal(
        200, await StatusAsync([.. Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"X-{i}: {i}"))]));

    [Fact]
    public async Task Are_bounded_in_size() => Assert.Equal(431, await StatusAsync("X-Long: " + new string('x', 10_000)));

    [Theory]
    [InlineData("Basic ", 200)]
    [InlineData("Basic  ", 401)]
    [InlineData("basic ", 401)]
    public async Task Name_the_server_key_after_a_single_space(string prefix, int status)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{Unique.Id()}}"}""");

        var answer = await ListenerHost.SendRawAsync(
            new Uri($"http://127.0.0.1:{Server.Port}"), "POST /v2/account/authenticate/device", body, $"Authorization: {prefix}{BasicKey}");

        Assert.Equal(status, answer.Status);
    }

    private async Task<int> StatusAsync(params string[] headers) =>
        (await ListenerHost.SendRawAsync(new Uri($"http://127.0.0.1:{Server.Port}"), "GET /healthcheck", null, headers)).Status;
}
