using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Nakama.Tests.House;

/// <summary>The app host as a newcomer starts it, on any free ports and with data that is thrown away.</summary>
public sealed class RunningHouse : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private DistributedApplication? _app;

    public DistributedApplication App => _app!;

    /// <summary>Where this run keeps its data.</summary>
    public string DataFolder => App.Services.GetServices<IHostedService>().OfType<AppHost.Postgres.DataFolderLifetime>().Single().Root;

    public async Task InitializeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        // The builder owns what it builds, so it is not disposed here: the application goes when the fixture does.
        var house = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Nakama_AppHost>(
            ["--Throwaway=true", "--Postgres=local"], patience.Token);
        _app = await house.BuildAsync(patience.Token);
        await _app.StartAsync(patience.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("console", patience.Token);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}

/// <summary>The tests that share one house.</summary>
[CollectionDefinition(Name)]
public sealed class HouseGuests : ICollectionFixture<RunningHouse>
{
    public const string Name = "A running house";
}
