using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport;

/// <summary>A node with low limits on requests and messages, and a clock that stands still until a test moves it.</summary>
public sealed class LimitedNode : IAsyncLifetime
{
    public const int RequestsPerAddress = 8;
    public const int RequestsPerUser = 4;
    public const int MessagesPerConnection = 5;
    public const int MessagesPerUser = 8;
    public const int MessagesPerAddress = 12;

    private readonly TestTimeProvider _clock = new();

    public TestServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await TestServer.StartAsync(
        options => options with
        {
            Socket = options.Socket with
            {
                MaxRequestsPerSecPerAddress = RequestsPerAddress,
                MaxRequestsPerSecPerUser = RequestsPerUser,
                MaxMessagesPerSecPerConnection = MessagesPerConnection,
                MaxMessagesPerSecPerUser = MessagesPerUser,
                MaxMessagesPerSecPerAddress = MessagesPerAddress,
            },
        },
        builder => builder.Services.AddSingleton<TimeProvider>(_clock));

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>Gives everybody a full allowance.</summary>
    public void WaitASecond() => _clock.Advance(TimeSpan.FromSeconds(1));

    /// <summary>A new player, after whom everybody has a full allowance.</summary>
    public async Task<TestPlayer> AuthenticateAsync()
    {
        WaitASecond();
        var player = await Server.AuthenticateAsync();
        WaitASecond();
        return player;
    }
}
