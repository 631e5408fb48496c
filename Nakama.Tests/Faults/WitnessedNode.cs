using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>
/// A node that receives invalid input. It responds or ends the session; the input never causes an error of the node, leaves no
/// sessions or presences behind, and does not affect a witness on another socket.
/// </summary>
public abstract class WitnessedNode : IAsyncLifetime
{
    private const int Talks = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    protected TestServer Server { get; private set; } = null!;

    protected TestPlayer Player { get; private set; } = null!;

    protected TestSocket Witness { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        Player = await Server.AuthenticateAsync();
        Witness = await Server.OpenSocketAsync(await Server.AuthenticateAsync());
    }

    public async Task DisposeAsync()
    {
        await Witness.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>Runs many test cases, each from a seed, sequentially.</summary>
    protected async Task CheckAsync(Func<Random, Task> talk)
    {
        var before = Counts();
        Prop.ForAll(Seeds, seed =>
            // On the thread pool, because this thread blocks until it ends.
            Task.Run(async () =>
            {
                await talk(new Random(seed)).WaitAsync(Patience);
                return (await Witness.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _);
            }).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Talks));

        using var timeout = new CancellationTokenSource(Patience);
        while (Counts() != before && !timeout.IsCancellationRequested) await Task.Delay(20);
        Assert.Equal(before, Counts());
        Assert.True((await Witness.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
        Assert.DoesNotContain(Server.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    private (int Sessions, int Presences) Counts() =>
        (Server.Services.GetRequiredService<SessionRegistry>().Count, Server.Services.GetRequiredService<PresenceTracker>().Count);
}
