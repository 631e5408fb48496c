namespace Nakama.Tests.TestHost;

/// <summary>One node with default settings for all tests of a class; they are isolated by names of their own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
