using System.Text.Json.Nodes;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

[Collection(nameof(SocialTests))]
public sealed class ProvidersInTrouble
{
    private readonly SocialFixture _fixture;

    public ProvidersInTrouble(SocialFixture fixture)
    {
        _fixture = fixture;
        fixture.Begin();
        using var certificate = TokenMaker.Published().Certificate(fixture.Clock.GetUtcNow().AddYears(1));
        fixture.Providers.GameCenter["gc-prod-1.cer"] = certificate.RawData;
    }

    /// <summary>What must be asked of a provider, and what it may suffer from.</summary>
    public static TheoryData<string, Fault> Troubles
    {
        get
        {
            var troubles = new TheoryData<string, Fault>();
            foreach (var credential in (string[])["apple token", "facebook token", "gamecenter signature", "google token", "google code", "steam ticket"])
            {
                foreach (var fault in (Fault[])[Fault.Unavailable, Fault.HangsUp, Fault.TalksNonsense, Fault.TalksTooMuch, Fault.SendsElsewhere])
                    troubles.Add(credential, fault);
            }

            return troubles;
        }
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task While_a_provider_is_not_itself_nobody_is_believed(string credential, Fault fault)
    {
        _fixture.ForgetKeys();
        var (provider, body) = (credential.Split(' ')[0], Credential(credential));
        _fixture.Providers.Fault = fault;

        (await _fixture.AuthenticateAsync(provider, body)).Refused(401, 16, $"Could not authenticate {NameOf(provider)} profile.");

        _fixture.Clock.Advance(TimeSpan.FromSeconds(3));
        await _fixture.NobodyAsync(provider, body);
    }

    private static string NameOf(string provider) => provider switch
    {
        "apple" => "Apple",
        "facebook" => "Facebook",
        "gamecenter" => "GameCenter",
        "google" => "Google",
        _ => "Steam",
    };

    private object Credential(string kind) => kind switch
    {
        "apple token" => new { token = TokenMaker.Published().Token(_fixture.AppleClaims(Unique.Id())) },
        "facebook token" => new { token = FacebookToken() },
        "gamecenter signature" => GameCenterSignIn.Claim(Unique.Id(), _fixture.Clock.GetUtcNow()),
        "google token" => new { token = TokenMaker.Published().Token(_fixture.GoogleClaims(Unique.Id())) },
        "google code" => new { token = GoogleCode() },
        _ => new { token = SteamSignIn.Ticket(_fixture).Ticket },
    };

    private string FacebookToken()
    {
        var token = Unique.Id();
        _fixture.Providers.GraphProfiles[token] = FacebookSignIn.Profile(Unique.Id(), "Ben", "");
        return token;
    }

    private string GoogleCode()
    {
        var code = Unique.Id();
        _fixture.Providers.PlayGames[code] = new JsonObject { ["playerId"] = Unique.Id() };
        return code;
    }
}
