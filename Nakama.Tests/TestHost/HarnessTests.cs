namespace Nakama.Tests.TestHost;

public sealed class HarnessTests(Postgres postgres) : IClassFixture<Postgres>
{
    [Fact]
    public async Task A_fixture_has_a_migrated_database_of_its_own()
    {
        await using var command = postgres.Database.CreateCommand("SELECT count(*) FROM migration_info");
        Assert.Equal(19L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_node_starts_on_free_ports_and_answers()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await server.Http.GetAsync(new Uri("/healthcheck", UriKind.Relative));
        Assert.True((int)response.StatusCode < 600);
    }

    [Fact]
    public void A_timer_of_the_manual_clock_runs_when_the_clock_passes_it_and_not_before()
    {
        var clock = new TestTimeProvider();
        var runs = new List<TimeSpan>();
        var start = clock.GetUtcNow();
        using var timer = clock.CreateTimer(_ => runs.Add(clock.GetUtcNow() - start), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(runs);
        clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(8)], runs);
        Assert.Equal(TimeSpan.FromSeconds(9), clock.GetUtcNow() - start);
    }
}
