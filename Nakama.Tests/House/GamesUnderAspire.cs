using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Nakama.Tests.House;

/// <summary>A game's own app host.</summary>
public sealed class GamesUnderAspire
{
    [Fact]
    public async Task A_game_brings_its_server_console_and_database()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

        var nakama = builder.AddNakama("nakama", new NakamaPorts { Api = 8350 }).WithGameLogic<Game>().WithConsole<Console>();

        Assert.Equal(
            ["nakama", "nakama-console", "nakama-migrate", "nakama-postgres", "nakamadb"],
            builder.Resources.Select(static resource => resource.Name).Where(static name => !name.EndsWith("-rebuilder", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var endpoints = nakama.Server!.Resource.Annotations.OfType<EndpointAnnotation>().ToDictionary(static endpoint => endpoint.Name, static endpoint => endpoint.Port);
        Assert.Equal((8350, 8349, 7357), (endpoints["http"], endpoints["grpc"], endpoints["console"]));
        var environment = await EnvironmentOfAsync(nakama.Server.Resource);
        Assert.All(["NAKAMA_SOCKET__ADDRESS", "NAKAMA_CONSOLE__ADDRESS", "NAKAMA_METRICS__PROMETHEUS_ADDRESS"], name => Assert.Equal("localhost", environment[name]));
        Assert.Contains(nakama.Server.Resource.Annotations.OfType<WaitAnnotation>(), static wait => wait.WaitType == WaitType.WaitForCompletion);
    }

    [Fact]
    public void A_connection_string_takes_the_place_of_a_container()
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { DisableDashboard = true, Args = ["--ConnectionStrings:nakamadb=Host=db"] });

        builder.AddNakama("nakama").WithGameLogic<Game>();

        Assert.DoesNotContain(builder.Resources, static resource => resource.Name == "nakama-postgres");
        Assert.Contains(builder.Resources, static resource => resource.Name == "nakamadb");
    }

    private static async Task<Dictionary<string, object>> EnvironmentOfAsync(ProjectResource resource)
    {
        var context = new EnvironmentCallbackContext(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), resource);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>()) await annotation.Callback(context);
        return context.EnvironmentVariables;
    }

    private sealed class Game : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(SourceTree.Root, "Nakama.Server", "Nakama.Server.csproj");
    }

    private sealed class Console : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(SourceTree.Root, "Nakama.Console", "Nakama.Console.csproj");
    }
}
