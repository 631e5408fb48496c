using Aspire.Hosting.Postgres;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server from the machine's own binaries, in place of a container.</summary>
public class PostgresServerResource(string name) : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    private PostgresProcess? _process;

    /// <summary>Name of the folder whose data is kept between runs; null for data that goes with the run.</summary>
    internal string? Volume { get; set; }

    internal int? Port { get; set; }

    /// <summary>A password from the configuration; null for one made up and kept beside the data.</summary>
    internal ParameterResource? Password { get; init; }

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
    {
        await Status.Healthy.WaitAsync(cancellationToken);
        return _process!.ConnectionString;
    }

    internal override IEnumerable<(string Address, string Words)> Addresses() =>
        _process is null ? [] : [($"localhost:{_process.Port}", $"user postgres, data and password in {_process.Folder}")];

    internal override async Task StartAsync(House house, CancellationToken cancellationToken)
    {
        var password = Password is null ? null : await Password.GetValueAsync(cancellationToken);
        _process = await PostgresProcess.StartAsync(house, new(Name, Volume, Port ?? Ports.Free(), password), cancellationToken);
        House.Watch(this, _process.Process);
    }

    internal override Task StopAsync() => _process?.StopAsync() ?? Task.CompletedTask;
}
