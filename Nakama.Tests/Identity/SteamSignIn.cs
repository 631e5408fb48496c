using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

[Collection(nameof(SocialTests))]
public sealed class SteamSignIn
{
    private const string Refused = "Could not authenticate Steam profile.";

    private static long _lastId = 76561197960265728;

    private readonly SocialFixture _fixture;

    public SteamSignIn(SocialFixture fixture)
    {
        _fixture = fixture;
        fixture.Begin();
    }

    [Fact]
    public async Task The_first_sign_in_makes_the_account_and_the_second_finds_it()
    {
        var (ticket, id) = Ticket(_fixture);

        var first = (await _fixture.AuthenticateAsync("steam", new { token = ticket })).Ok();
        var second = (await _fixture.AuthenticateAsync("steam", new { token = ticket }, "?create=false&sync=true")).Ok();

        Assert.True(first.Body.GetProperty("created").GetBoolean());
        Assert.Equal(id, (await _fixture.AccountAsync(second)).GetProperty("user").GetProperty("steam_id").GetString());
    }

    [Fact]
    public async Task Tickets_that_Steam_does_not_know_are_refused()
    {
        (await _fixture.AuthenticateAsync("steam", new { })).Refused(400, 3, "Steam access token is required.");
        (await _fixture.AuthenticateAsync("steam", new { token = Unique.Id() })).Refused(401, 16, Refused);
        (await _fixture.AuthenticateAsync("steam", new { token = "x&key=other#" })).Refused(401, 16, Refused);
        (await _fixture.AuthenticateAsync("steam", new { token = new string('x', 20_000) })).Refused(401, 16, Refused);

        string[] noIds = ["0", "", "-1", "anna", "18446744073709551616"];
        foreach (var id in noIds)
        {
            var ticket = Unique.Id();
            _fixture.Providers.SteamTickets[ticket] = id;
            (await _fixture.AuthenticateAsync("steam", new { token = ticket })).Refused(401, 16, Refused);
        }
    }

    /// <summary>A ticket that Steam knows, and whose it is.</summary>
    internal static (string Ticket, string Id) Ticket(SocialFixture fixture)
    {
        var (ticket, id) = (Unique.Id(), $"{Interlocked.Increment(ref _lastId)}");
        fixture.Providers.SteamTickets[ticket] = id;
        return (ticket, id);
    }
}
