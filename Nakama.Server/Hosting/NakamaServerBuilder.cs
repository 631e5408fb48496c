using System.Collections;
using Nakama.GameLogic;
using Nakama.Server.Config;
using Nakama.Server.Errors;

namespace Nakama.Server.Hosting;

/// <summary>
/// A node as part of a game's own program: settings come from its command line, environment and files, and the program
/// may add services of its own before the node is built.
/// </summary>
public sealed class NakamaServerBuilder
{
    private readonly List<Action<WebApplicationBuilder>> _changes = [];

    internal NakamaServerBuilder(ReadOnlySpan<string> args, IDictionary environment)
    {
        Reading = ConfigReader.Read(args, environment);
        Options = Reading.Options;
    }

    /// <summary>The settings; a program may replace them.</summary>
    public NakamaOptions Options { get; set; }

    internal ConfigReading Reading { get; }

    /// <summary>Changes the host before it is built.</summary>
    public NakamaServerBuilder Configure(Action<WebApplicationBuilder> change)
    {
        _changes.Add(change);
        return this;
    }

    /// <summary>
    /// Adds the rules of a game, which run in the server process. The module's constructor receives the services it requests.
    /// </summary>
    public NakamaServerBuilder WithGameLogic<TModule>()
        where TModule : class, IGameModule => Configure(static builder => builder.Services.AddScoped<IGameModule, TModule>());

    /// <summary>Builds the node; throws <see cref="StartupException"/> with all validation errors of the settings.</summary>
    public WebApplication Build()
    {
        var complaints = OptionsValidator.Validate(Options);
        if (complaints.Count > 0)
            throw new StartupException(string.Join("; ", complaints.Select(complaint => $"{complaint.Param}: {complaint.Message}")));
        return NakamaServer.Create(Options, builder =>
        {
            builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
            builder.Services.AddSingleton(new ConfigSources(Reading.Sources, Reading.Options));
            foreach (var change in _changes) change(builder);
        });
    }
}
