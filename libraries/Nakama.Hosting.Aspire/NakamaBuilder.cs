using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A server with a game, as resources of an app host.</summary>
public sealed class NakamaBuilder
{
    /// <summary>The name under which the server reads its connection string.</summary>
    private const string ConnectionName = "nakamadb";

    /// <summary>Both loopback addresses. The secrets that everybody knows must not be reachable from the network.</summary>
    private const string Loopback = "localhost";

    private readonly IDistributedApplicationBuilder _builder;
    private readonly string _name;
    private readonly NakamaPorts _ports;
    private IResourceBuilder<IResourceWithConnectionString>? _database;

    internal NakamaBuilder(IDistributedApplicationBuilder builder, string name, NakamaPorts ports) => (_builder, _name, _ports) = (builder, name, ports);

    /// <summary>The database; a PostgreSQL of its own unless <see cref="WithDatabase"/> names another.</summary>
    public IResourceBuilder<IResourceWithConnectionString> Database => _database ??= AddDatabase();

    /// <summary>The server; null before <see cref="WithGameLogic{TProject}"/>.</summary>
    public IResourceBuilder<ProjectResource>? Server { get; private set; }

    /// <summary>The console; null without <see cref="WithConsole{TProject}"/>.</summary>
    public IResourceBuilder<ProjectResource>? Console { get; private set; }

    /// <summary>Uses a database of the app host. Must come before <see cref="WithGameLogic{TProject}"/>.</summary>
    public NakamaBuilder WithDatabase(IResourceBuilder<IResourceWithConnectionString> database)
    {
        _database = database;
        return this;
    }

    /// <summary>
    /// Runs the program of a game, which calls <c>NakamaServer.RunAsync</c>: first to prepare the database, then as the server. It
    /// listens on the loopback addresses; for devices in the network, set <c>NAKAMA_SOCKET__ADDRESS</c> of <see cref="Server"/> to
    /// an address of the machine, and secrets of its own.
    /// </summary>
    /// <typeparam name="TProject">The project, such as <c>Projects.MyGame</c>.</typeparam>
    public NakamaBuilder WithGameLogic<TProject>()
        where TProject : IProjectMetadata, new()
    {
        var migrate = _builder.AddProject<TProject>($"{_name}-migrate")
            .WithArgs("migrate", "up")
            .WithReference(Database, ConnectionName).WaitFor(Database)
            .WithIconName("DatabaseArrowUp");
        Server = _builder.AddProject<TProject>(_name)
            .WithReference(Database, ConnectionName).WaitForCompletion(migrate)
            .WithHttpEndpoint(port: _ports.Api, name: "http", env: "NAKAMA_SOCKET__PORT", isProxied: false)
            .WithHttpEndpoint(port: _ports.Grpc, name: "grpc", isProxied: false)
            .WithHttpEndpoint(port: _ports.ConsoleApi, name: "console", env: "NAKAMA_CONSOLE__PORT", isProxied: false)
            .WithUrlForEndpoint("http", static url => url.DisplayText = "API and realtime, for game clients")
            .WithEnvironment("NAKAMA_SOCKET__ADDRESS", Loopback)
            .WithEnvironment("NAKAMA_CONSOLE__ADDRESS", Loopback)
            .WithEnvironment("NAKAMA_METRICS__PROMETHEUS_ADDRESS", Loopback)
            // The server listens where its own settings say; it would only log a warning that it ignores this.
            .WithEnvironment(static context => context.EnvironmentVariables.Remove("ASPNETCORE_URLS"))
            .WithHttpHealthCheck("/healthcheck", endpointName: "http")
            .WithIconName("Games");
        return this;
    }

    /// <summary>Adds the console for operators. Must come after <see cref="WithGameLogic{TProject}"/>.</summary>
    /// <typeparam name="TProject">The project of the console, <c>Projects.Nakama_Console</c>.</typeparam>
    /// <exception cref="InvalidOperationException">There is no server yet.</exception>
    public NakamaBuilder WithConsole<TProject>()
        where TProject : IProjectMetadata, new()
    {
        var server = Server ?? throw new InvalidOperationException($"{nameof(WithGameLogic)} must come before {nameof(WithConsole)}.");
        Console = _builder.AddProject<TProject>($"{_name}-console")
            .WithHttpEndpoint(port: _ports.Console, name: "http", isProxied: false)
            .WithUrlForEndpoint("http", static url => url.DisplayText = "Console")
            .WithReference(server)
            .WithEnvironment("Console__NodeUrl", server.GetEndpoint("console"))
            .WithHttpHealthCheck("/alive")
            .WithIconName("Board")
            .WaitFor(server);
        return this;
    }

    /// <summary>The database of a connection string, where one is configured; else one in a container, which is kept between runs.</summary>
    private IResourceBuilder<IResourceWithConnectionString> AddDatabase() =>
        !string.IsNullOrEmpty(_builder.Configuration[$"ConnectionStrings:{ConnectionName}"])
            ? _builder.AddConnectionString(ConnectionName)
            : _builder.AddPostgres($"{_name}-postgres").WithDataVolume().WithLifetime(ContainerLifetime.Persistent).AddDatabase(ConnectionName, "nakama");
}
