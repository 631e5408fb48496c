using System.Net;
using System.Text;
using System.Text.Json;
using Nakama.Server.Security;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Authentication;

public sealed class PasswordLimitTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task An_address_that_guesses_is_refused_with_status_8_and_the_owner_signs_in_from_elsewhere()
    {
        var email = Unique.Email();
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(email, "password1", "203.0.113.1")).Status);

        for (var i = 0; i < PasswordAttempts.MaxPerAccount; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(email, "password2", "203.0.113.2")).Status);

        (await SignInAsync(email, "password1", "203.0.113.2")).Refused(429, 8, "Too many wrong passwords. Try again later.");
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(email, "password1", "203.0.113.1")).Status);
    }

    private async Task<ApiAnswer> SignInAsync(string email, string password, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/account/authenticate/email");
        request.Headers.Authorization = fixture.Server.BasicKey;
        request.Headers.Add("X-Forwarded-For", address);
        request.Content = new StringContent(JsonSerializer.Serialize(new { email, password }), Encoding.UTF8, "application/json");
        using var response = await fixture.Server.Http.SendAsync(request);
        return new(response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Clone());
    }
}
