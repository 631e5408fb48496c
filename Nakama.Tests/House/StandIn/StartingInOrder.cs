using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Nakama.Tests.House.StandIn;

/// <summary>What the app host's stand-in promises about any resource.</summary>
public sealed class StartingInOrder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-").FullName;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(1));

    public void Dispose()
    {
        _patience.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_resource_starts_when_what_it_waits_for_has_ended_well()
    {
        await using var house = DistributedApplicationTestingBuilder.Create();
        var first = house.AddExecutable("first", "/bin/sh", _folder, "-c", "echo done > first");
        house.AddExecutable("second", "/bin/sh", _folder, "-c", "cp first second; exec sleep 600").WaitForCompletion(first);
        await using var app = await house.BuildAsync();

        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", _patience.Token);

        await UntilAsync(() => Written("second") == "done\n");
    }

    [Fact]
    public async Task A_resource_does_not_start_when_what_it_waits_for_has_failed()
    {
        await using var house = DistributedApplicationTestingBuilder.Create();
        var first = house.AddExecutable("first", "/bin/sh", _folder, "-c", "exit 3");
        house.AddExecutable("second", "/bin/sh", _folder, "-c", "touch second").WaitForCompletion(first);
        await using var app = await house.BuildAsync();

        await app.StartAsync();
        var failure = await Assert.ThrowsAsync<HouseException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("second", _patience.Token));

        Assert.Equal("first ended with exit code 3.", failure.Message);
        Assert.False(File.Exists(Path.Combine(_folder, "second")));
    }

    [Fact]
    public async Task A_resource_that_ends_before_it_is_healthy_is_reported_with_its_last_words()
    {
        await using var house = DistributedApplicationTestingBuilder.Create();
        house.AddExecutable("server", "/bin/sh", _folder, "-c", "echo the ceiling fell down; exit 1")
            .WithHttpEndpoint(port: 7350).WithHttpHealthCheck();
        await using var app = await house.BuildAsync();

        await app.StartAsync();
        var failure = await Assert.ThrowsAsync<HouseException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("server", _patience.Token));

        Assert.Equal($"server ended with exit code 1.{Environment.NewLine}the ceiling fell down", failure.Message);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        await using var house = DistributedApplicationTestingBuilder.Create();
        house.AddExecutable("broker", "no-such-program", _folder);
        await using var app = await house.BuildAsync();

        await app.StartAsync();
        var failure = await Assert.ThrowsAsync<HouseException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("broker", _patience.Token));

        Assert.Contains("no-such-program", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_goes_in_reverse()
    {
        const string UntilAsked = "trap 'echo $0 >> stopped; exit 0' TERM; touch $0; while :; do sleep 0.05; done";
        await using var house = DistributedApplicationTestingBuilder.Create();
        var first = house.AddExecutable("first", "/bin/sh", _folder, "-c", UntilAsked, "first");
        house.AddExecutable("second", "/bin/sh", _folder, "-c", UntilAsked, "second").WaitFor(first);
        await using var app = await house.BuildAsync();
        await app.StartAsync();
        await UntilAsync(() => File.Exists(Path.Combine(_folder, "first")) && File.Exists(Path.Combine(_folder, "second")));

        await app.StopAsync();

        Assert.Equal("second\nfirst\n", Written("stopped"));
    }

    [Fact]
    public async Task A_process_is_told_its_port_and_where_the_others_are()
    {
        await using var house = DistributedApplicationTestingBuilder.Create("--ConnectionStrings:nakamadb=Host=db.example");
        var database = house.AddConnectionString("nakamadb");
        var server = house.AddExecutable("server", "/bin/sh", _folder, "-c", "env > server.env; mv server.env server; exec sleep 600")
            .WithHttpEndpoint(port: 7350, name: "http", env: "SERVER_PORT").WithReference(database);
        house.AddExecutable("console", "/bin/sh", _folder, "-c", "env > console.env; mv console.env console; exec sleep 600")
            .WithReference(server).WithEnvironment("NODE", server.GetEndpoint("http"));
        await using var app = await house.BuildAsync();
        await app.StartAsync();
        await UntilAsync(() => File.Exists(Path.Combine(_folder, "server")) && File.Exists(Path.Combine(_folder, "console")));

        var http = app.GetEndpoint("server", "http");
        var url = http.ToString().TrimEnd('/');
        Assert.Superset(
            new HashSet<string> { "ConnectionStrings__nakamadb=Host=db.example", $"SERVER_PORT={http.Port}", $"ASPNETCORE_URLS={url}", "OTEL_SERVICE_NAME=server" },
            Written("server").Split('\n').ToHashSet());
        Assert.Superset(
            new HashSet<string> { $"services__server__http__0={url}", $"SERVER_HTTP={url}", $"NODE={url}", "OTEL_SERVICE_NAME=console" },
            Written("console").Split('\n').ToHashSet());
    }

    [Fact]
    public async Task Ports_of_a_resource_keep_their_distance_wherever_they_are()
    {
        await using var house = DistributedApplicationTestingBuilder.Create();
        house.AddExecutable("server", "/bin/true", _folder)
            .WithHttpEndpoint(port: 7350, name: "http").WithHttpEndpoint(port: 7349, name: "grpc").WithHttpEndpoint(name: "any");
        await using var app = await house.BuildAsync();

        var http = app.GetEndpoint("server", "http").Port;
        Assert.InRange(http, 20_000, 30_000);
        Assert.Equal(http - 1, app.GetEndpoint("server", "grpc").Port);
        Assert.InRange(app.GetEndpoint("server", "any").Port, 20_000, 30_000);
    }

    private string Written(string file) =>
        Path.Combine(_folder, file) is var path && File.Exists(path) ? File.ReadAllText(path) : "";

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(20, _patience.Token);
    }
}
