using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Purchases;

/// <summary>Stores that are away, slow, or talk without end.</summary>
public sealed class StoresInTrouble(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_store_that_does_not_answer_is_given_up_after_twenty_seconds()
    {
        var anna = await Server.AuthenticateAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var asking = fixture.ValidateAsync(anna, "purchase/samsung", new { purchase_id = "no-answer" });
        await fixture.Stores.Waiting.Task.WaitAsync(patience.Token);
        fixture.Clock.Advance(TimeSpan.FromSeconds(20));

        (await asking).Refused(500, 2, "no response from Samsung service: no answer in time");
        Assert.Null(await fixture.Purchases.FindAsync("no-answer", default));
    }

    [Fact]
    public async Task A_store_that_talks_without_end_is_cut_off()
    {
        var anna = await Server.AuthenticateAsync();

        (await fixture.ValidateAsync(anna, "purchase/samsung", new { purchase_id = "endless" }))
            .Refused(500, 2, "no response from Samsung service: the answer is too long");
    }

    [Fact]
    public async Task A_broken_store_s_answer_reaches_the_client()
    {
        var anna = await Server.AuthenticateAsync();

        (await fixture.ValidateAsync(anna, "purchase/samsung", new { purchase_id = "broken" }))
            .Refused(500, 2, """non-200 response from Samsung service, status=503, payload={"error":"unknown"}""");
    }

    [Fact]
    public async Task A_store_that_is_away_is_said_to_be()
    {
        var closed = $"http://127.0.0.1:{FreePorts.WithNeighbour(1)}";
        await using var server = await TestServer.StartAsync(options => options with { Iap = new() { Samsung = new() { Address = closed } } });
        var anna = await server.AuthenticateAsync();

        (await server.AsAsync(anna.Token, "POST /v2/iap/purchase/samsung", new { purchase_id = "p" }))
            .Refused(500, 2, "no response from Samsung service: ConnectionError");
    }
}
