using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Dice;

internal static class SignIn
{
    /// <summary>The session token of the player that a device belongs to; the first time makes the player.</summary>
    public static async Task<string> WithDeviceAsync(string server, string device, string username)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("defaultkey:")));
        using var answer = await http.PostAsJsonAsync($"/v2/account/authenticate/device?create=true&username={Uri.EscapeDataString(username)}", new { id = device });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }
}
