using System.Security.Cryptography;
using System.Text;
using Nakama.Server.Security;

namespace Nakama.Tests.Security;

public sealed class SessionTokenTests
{
    private static readonly Guid User = Guid.Parse("0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11");
    private static readonly Dictionary<string, string> NoVars = [];

    private readonly TestClock _clock = TestClock.AtNoon();
    private readonly SessionOptions _options = new();
    private readonly SessionTokens _tokens;

    public SessionTokenTests() => _tokens = new(_options, _clock);

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public void A_token_has_the_claims_of_the_reference_server_in_its_order()
    {
        var issued = _tokens.Issue(User, "ann \"q\" ü<", new Dictionary<string, string> { ["k"] = "v" });

        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Part(issued.Token, 0));
        Assert.Equal(
            $$"""{"tid":"{{issued.Session.Id}}","uid":"{{User}}","usn":"ann \"q\" ü\u003c","vrs":{"k":"v"},"exp":{{Now + 60}},"iat":{{Now}}}""",
            Part(issued.Token, 1));
        Assert.Contains($"\"exp\":{Now + 3600}", Part(issued.RefreshToken, 1));
        Assert.DoesNotContain("vrs", Part(_tokens.Issue(User, "ann", NoVars).Token, 1));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var issued = _tokens.Issue(User, "ann", new Dictionary<string, string> { ["k"] = "v", ["empty"] = "" });

        var read = _tokens.ReadSession(issued.Token)!;

        Assert.Equal((User, "ann", issued.Session.Id, Now + 60, Now), (read.UserId, read.Username, read.Id, read.Expiry, read.IssuedAt));
        Assert.Equal(["empty=", "k=v"], read.Vars.Select(v => $"{v.Key}={v.Value}").Order());
        Assert.Equal(issued.Session.Id, _tokens.ReadRefresh(issued.RefreshToken)!.Id);
    }

    [Fact]
    public void Neither_kind_of_token_stands_in_for_the_other()
    {
        var issued = _tokens.Issue(User, "ann", NoVars);

        Assert.Null(_tokens.ReadSession(issued.RefreshToken));
        Assert.Null(_tokens.ReadRefresh(issued.Token));
    }

    [Fact]
    public void A_token_ends_in_the_second_of_its_expiry()
    {
        var token = _tokens.Issue(User, "ann", NoVars).Token;

        _clock.Advance(59);
        Assert.NotNull(_tokens.ReadSession(token));
        _clock.Advance(1);
        Assert.Null(_tokens.ReadSession(token));
    }

    [Fact]
    public void Refreshing_keeps_the_login_and_its_time_of_issue()
    {
        var first = _tokens.Issue(User, "ann", NoVars);
        _clock.Advance(30);

        var second = _tokens.Refresh(_tokens.ReadRefresh(first.RefreshToken)!, "anna", new Dictionary<string, string> { ["x"] = "y" });

        var read = _tokens.ReadSession(second.Token)!;
        Assert.Equal((first.Session.Id, first.Session.IssuedAt, "anna", Now + 60), (read.Id, read.IssuedAt, read.Username, read.Expiry));
        Assert.Equal("y", read.Vars["x"]);
    }

    [Fact]
    public void No_changed_character_goes_unnoticed()
    {
        var token = _tokens.Issue(User, "ann", NoVars).Token;

        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.Null(_tokens.ReadSession(changed));
        }
    }

    [Theory]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":9999999999}""")]
    [InlineData("""{"exp":9999999999,"uid":"0F3CF8F464A84A2AB7C84AD2BB8F3F11","iat":9999999990,"nbf":9999999999,"more":{"a":[1]}}""")]
    [InlineData("""{"tid":null,"uid":"urn:uuid:0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","usn":null,"vrs":null,"exp":9999999999}""")]
    public void Optional_and_foreign_claims_do_not_matter(string claims) =>
        Assert.Equal(User, _tokens.ReadSession(Sign(claims))!.UserId);

    [Theory]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11"}""")]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":null}""")]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":"9999999999"}""")]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":9999999999.5}""")]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":9999999999,"iat":1.5}""")]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":99999999999999999999}""")]
    [InlineData("""{"uid":"not an id","exp":9999999999}""")]
    [InlineData("""{"uid":"","exp":9999999999}""")]
    [InlineData("""{"exp":9999999999}""")]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":9999999999,"vrs":{"a":5}}""")]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":9999999999,"vrs":["a"]}""")]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":9999999999} {}""")]
    [InlineData("""{"uid":"0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11","exp":9999999999""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("")]
    public void Well_signed_nonsense_is_refused(string claims) => Assert.Null(_tokens.ReadSession(Sign(claims)));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""nonsense""")]
    public void Only_one_algorithm_is_accepted(string header) =>
        Assert.Null(_tokens.ReadSession(Sign($$"""{"uid":"{{User}}","exp":9999999999}""", header)));

    [Fact]
    public void The_header_may_be_written_otherwise() =>
        Assert.NotNull(_tokens.ReadSession(Sign($$"""{"uid":"{{User}}","exp":9999999999}""", """{"typ":"JWT","kid":{"a":1},"alg":"HS256"}""")));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("garbage")]
    [InlineData("ä.ö.ü")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9..")]
    public void Garbage_is_refused(string token) => Assert.Null(_tokens.ReadSession(token));

    [Fact]
    public void A_token_without_end_is_not_even_looked_at() =>
        Assert.Null(_tokens.ReadSession(Sign($$"""{"uid":"{{User}}","exp":9999999999,"x":"{{new string('x', Jwt.MaxLength)}}"}""")));

    [Fact]
    public void A_long_token_with_many_variables_is_read()
    {
        var vars = Enumerable.Range(0, 500).ToDictionary(i => $"name{i}", i => $"value{i}");

        Assert.Equal(500, _tokens.ReadSession(_tokens.Issue(User, "ann", vars).Token)!.Vars.Count);
    }

    [Fact]
    public void Claims_of_any_kind_are_signed_and_opened_with_the_same_code()
    {
        var key = "another key"u8;
        var token = Jwt.Sign(key, User, static (json, id) =>
        {
            json.WriteString("id", id);
            json.WriteNumber("exp", 2000);
        });

        Assert.Equal(User.ToString(), JwtClaims.Open(key, token, 1999)!.Value.Text("id"));
        Assert.Null(JwtClaims.Open(key, token, 2000));
        Assert.Null(JwtClaims.Open("a wrong key"u8, token, 1999));
    }

    private string Sign(string claims, string header = """{"alg":"HS256","typ":"JWT"}""")
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_options.EncryptionKey), Encoding.UTF8.GetBytes(signed));
        return $"{signed}.{Encode(signature)}";
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Part(string token, int index) =>
        Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[index]));
}
