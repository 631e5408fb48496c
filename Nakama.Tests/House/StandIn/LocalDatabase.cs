using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.Running;
using Aspire.Hosting.Testing;
using Npgsql;
using SharedHouse = Aspire.Hosting.Running.House;

namespace Nakama.Tests.House.StandIn;

/// <summary>The PostgreSQL that the app host's stand-in runs from the machine's own binaries.</summary>
public sealed class LocalDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nakama-");
    private readonly SharedHouse _house = new(isThrowaway: false, Terminal.Silent());

    public LocalDatabase()
    {
        // Temporary folders are closed to the user that PostgreSQL runs as when we are root.
        if (!OperatingSystem.IsWindows()) _folder.UnixFileMode |= UnixFileMode.OtherExecute;
    }

    public void Dispose()
    {
        _house.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_database_that_exists_is_used_and_none_is_started()
    {
        const string Given = "Host=db.example;Database=nakama";
        await using var house = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Nakama_AppHost>(
            [$"--ConnectionStrings:nakamadb={Given}"]);
        await using var app = await house.BuildAsync();

        Assert.Empty(house.Resources.OfType<PostgresServerResource>());
        Assert.Equal(Given, await app.GetConnectionStringAsync("nakamadb"));
    }

    [Fact]
    public async Task Data_and_password_are_kept_between_runs()
    {
        var first = await StartAsync();
        await RunAsync(first, "CREATE TABLE kept (id int)");
        await first.StopAsync();

        var second = await StartAsync();
        await RunAsync(second, "INSERT INTO kept VALUES (1)");
        await second.StopAsync();

        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(second.Folder, "password")));
    }

    [Fact]
    public async Task A_server_that_died_hard_does_not_keep_the_next_from_starting()
    {
        var first = await StartAsync();
        await RunAsync(first, "CREATE TABLE kept (id int)");
        using (var process = Process.GetProcessById(Postmaster())) process.Kill(entireProcessTree: true);
        await first.StopAsync();

        var second = await StartAsync();
        await RunAsync(second, "INSERT INTO kept VALUES (1)");
        await second.StopAsync();
    }

    [Fact]
    public async Task A_number_that_is_now_another_programs_does_not_keep_it_from_starting()
    {
        await (await StartAsync()).StopAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "data", "postmaster.pid"), $"{Environment.ProcessId}\n");

        var second = await StartAsync();
        await RunAsync(second, "SELECT 1");
        await second.StopAsync();
    }

    [Fact]
    public async Task Two_app_hosts_do_not_share_one_folder()
    {
        var first = await StartAsync();
        var refusal = await Assert.ThrowsAsync<HouseException>(StartAsync);
        await first.StopAsync();

        Assert.Contains("Another app host", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_another_version_is_refused_with_the_way_out()
    {
        var refusal = Assert.Throws<HouseException>(() => PostgresBinaries.Find(version: 1, "/some/folder"));

        Assert.Contains("/some/folder was made by PostgreSQL 1", refusal.Message, StringComparison.Ordinal);
    }

    private Task<PostgresProcess> StartAsync() =>
        PostgresProcess.StartAsync(_house, new("postgres", _folder.FullName, Ports.Free(), Password: null), CancellationToken.None);

    private int Postmaster() =>
        int.Parse(File.ReadLines(Path.Combine(_folder.FullName, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static async Task RunAsync(PostgresProcess server, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{server.ConnectionString};Database=postgres;Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
