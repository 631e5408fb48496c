using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

[Collection(nameof(SocialTests))]
public sealed class AppleSignIn
{
    private const string Refused = "Could not authenticate Apple profile.";

    private readonly SocialFixture _fixture;

    public AppleSignIn(SocialFixture fixture)
    {
        _fixture = fixture;
        fixture.Begin();
    }

    [Fact]
    public async Task The_first_sign_in_makes_the_account_and_the_second_finds_it()
    {
        var (sub, name, email) = (Unique.Id(), Unique.Name(), "Anna." + Unique.Email());
        var claims = _fixture.AppleClaims(sub);
        claims["email"] = email;
        claims["email_verified"] = "true";
        var token = TokenMaker.Published().Token(claims);

        var first = (await _fixture.AuthenticateAsync("apple", new { token, vars = new { a = "b" } }, $"?username={name}")).Ok();
        var second = (await _fixture.AuthenticateAsync("apple", new { token }, "?create=false&username=ignored")).Ok();

        Assert.True(first.Body.GetProperty("created").GetBoolean());
        Assert.False(second.Body.TryGetProperty("created", out _));
        var account = await _fixture.AccountAsync(second);
        Assert.Equal(email, account.GetProperty("email").GetString());
        var user = account.GetProperty("user");
        Assert.Equal((sub, name), (user.GetProperty("apple_id").GetString(), user.GetProperty("username").GetString()));
    }

    [Fact]
    public async Task What_is_not_Apples_word_in_time_is_refused_and_makes_no_account()
    {
        var sub = Unique.Id();
        var now = _fixture.Clock.GetUtcNow().ToUnixTimeSeconds();
        Dictionary<string, object> With(string name, object value) => new(_fixture.AppleClaims(sub)) { [name] = value };
        Dictionary<string, object> Without(string name) => _fixture.AppleClaims(sub).Where(claim => claim.Key != name).ToDictionary();
        var good = TokenMaker.Published().Token(_fixture.AppleClaims(sub));
        var parts = good.Split('.');
        var elsewhere = TokenMaker.Published().Token(_fixture.AppleClaims("someone else")).Split('.');

        string[] bad =
        [
            "garbage", "a.b.c", "..", good + ".x", good[..^2], parts[0] + "." + elsewhere[1] + "." + parts[2], good.Replace('.', ' '),
            parts[0] + "." + parts[1] + ".", new string('x', 20_000),
            TokenMaker.Other("key-1").Token(_fixture.AppleClaims(sub)),
            TokenMaker.Other().Token(_fixture.AppleClaims(sub)),
            TokenMaker.Published().Token(_fixture.AppleClaims(sub), algorithm: "none"),
            TokenMaker.Published().Token(_fixture.AppleClaims(sub), algorithm: "HS256"),
            TokenMaker.Published().Token(_fixture.AppleClaims(sub), keyId: ""),
            TokenMaker.Published().Token(With("iss", "https://accounts.google.com")), TokenMaker.Published().Token(Without("iss")),
            TokenMaker.Published().Token(With("exp", now)), TokenMaker.Published().Token(Without("exp")),
            TokenMaker.Published().Token(With("exp", "tomorrow")), TokenMaker.Published().Token(With("nbf", now + 120)),
            TokenMaker.Published().Token(With("iat", now + 120)), TokenMaker.Published().Token(Without("sub")),
            TokenMaker.Published().Token(With("sub", 12)),
        ];
        foreach (var token in bad) (await _fixture.AuthenticateAsync("apple", new { token })).Refused(401, 16, Refused);

        await _fixture.NobodyAsync("apple", new { token = good });
    }

    [Fact]
    public async Task The_checks_have_an_order()
    {
        (await _fixture.AuthenticateAsync("apple", new { })).Refused(400, 3, "Apple ID token is required.");
        (await _fixture.AuthenticateAsync("apple", null)).Refused(400, 3, "Apple ID token is required.");
        (await _fixture.AuthenticateAsync("apple", new { token = "x" }, "?username=%07"))
            .Refused(400, 3, "Username invalid, no spaces or control characters allowed.");
        (await _fixture.AuthenticateAsync("apple", new { token = "x" })).Refused(401, 16, Refused);
    }

    [Fact]
    public async Task A_taken_name_and_a_taken_address_make_no_account()
    {
        var (name, email, sub) = (Unique.Name(), Unique.Email(), Unique.Id());
        var claims = _fixture.AppleClaims(Unique.Id());
        claims["email"] = email;
        (await _fixture.AuthenticateAsync("apple", new { token = TokenMaker.Published().Token(claims) }, $"?username={name}")).Ok();
        var plain = TokenMaker.Published().Token(_fixture.AppleClaims(sub));
        claims["sub"] = sub;
        var withEmail = TokenMaker.Published().Token(claims);

        (await _fixture.AuthenticateAsync("apple", new { token = plain }, $"?username={name}")).Refused(409, 6, "Username is already in use.");
        (await _fixture.AuthenticateAsync("apple", new { token = withEmail })).Refused(500, 13, "Error finding or creating user account.");

        await _fixture.NobodyAsync("apple", new { token = plain });
    }

    [Fact]
    public async Task Twenty_first_sign_ins_at_once_make_one_account()
    {
        for (var round = 0; round < 3; round++)
        {
            var token = TokenMaker.Published().Token(_fixture.AppleClaims(Unique.Id()));

            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _fixture.AuthenticateAsync("apple", new { token })));

            var accounts = await Task.WhenAll(answers.Select(answer => _fixture.AccountAsync(answer.Ok())));
            Assert.Single(accounts.Select(account => account.GetProperty("user").GetProperty("id").GetString()).Distinct());
            Assert.Single(answers, answer => answer.Body.TryGetProperty("created", out _));
        }
    }

    [Fact]
    public async Task Tokens_are_not_written_to_the_log()
    {
        _fixture.ForgetKeys();
        var token = TokenMaker.Published().Token(_fixture.AppleClaims(Unique.Id()));
        _fixture.Providers.Fault = Fault.Unavailable;

        (await _fixture.AuthenticateAsync("apple", new { token })).Refused(401, 16, Refused);

        Assert.Contains(_fixture.Server.Log.Lines, line => line.Text.Contains("127.0.0.1 could not be read: status 503", StringComparison.Ordinal));
        Assert.DoesNotContain(_fixture.Server.Log.Lines, line => line.Text.Contains(token, StringComparison.Ordinal));
    }
}
