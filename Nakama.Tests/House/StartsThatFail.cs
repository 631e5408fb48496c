using System.Net;
using System.Net.Sockets;

namespace Nakama.Tests.House;

/// <summary>What keeps the app host from starting is said in a sentence, and nothing is left behind.</summary>
public sealed class StartsThatFail : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nakama-");
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(4));

    public void Dispose()
    {
        _patience.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_taken_port_is_named_before_anything_starts()
    {
        var shift = AppHostProcess.FreeShift();
        using var stranger = new TcpListener(IPAddress.Loopback, 7350 + shift);
        stranger.Start();

        await RefusesAsync(
            $"Port {7350 + shift} (the API) is taken by another program. Stop that program, or move all ports with --Ports:Shift=1000.", ["--Throwaway=true"], shift);
    }

    [Fact]
    public Task A_missing_PostgreSQL_is_told() => RefusesAsync(
        $"There is no PostgreSQL in {_folder.FullName}: --PostgresPrograms names a folder with initdb and postgres.",
        ["--Throwaway=true", $"--PostgresPrograms={_folder.FullName}"]);

    [Fact]
    public Task A_missing_container_engine_is_told() => RefusesAsync(
        "Postgres=container was asked for, but no container engine answers. Start Docker or Podman, or use the PostgreSQL of this machine with --Postgres=local.",
        ["--Postgres=container"], environment: new() { ["ASPIRE_CONTAINER_RUNTIME"] = "no-such-engine" });

    [Fact]
    public async Task Data_of_another_version_of_PostgreSQL_is_told()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "data", "PG_VERSION"), "9\n");

        var sentence = await RefusalAsync([$"--Data={_folder.FullName}"]);

        Assert.StartsWith($"The data in {_folder.FullName} was made by PostgreSQL 9, but only version ", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");

        var sentence = await RefusalAsync([$"--Data={file}/data"]);

        Assert.StartsWith($"The data folder {file}/data cannot be written: ", sentence, StringComparison.Ordinal);
        Assert.EndsWith("Choose another with --Data=name or --Data=/absolute/path.", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The server does not accept its settings: flag provided but not defined: -socket.no_such", "--socket.no_such", "1")]
    [InlineData("\"start\" is not an option. Settings of the server are given as --socket.server_key=value, settings of the app host as --Ports:Shift=1000.", "start")]
    [InlineData("--Data takes a name or an absolute path, not \"../data\".", "--Data=../data")]
    public Task An_argument_that_means_nothing_is_refused(string sentence, params string[] arguments) => RefusesAsync(sentence, arguments);

    [Theory]
    [InlineData("--lan")]
    [InlineData("--socket.address=0.0.0.0")]
    public Task A_server_for_other_machines_must_have_secrets_of_its_own(string argument) => RefusesAsync(
        "Other machines are to reach the server, so these settings must not keep their public defaults: console.signing_key, session.encryption_key, "
        + "session.refresh_encryption_key, runtime.http_key. Give each as --name=value or in the environment, where console.signing_key is NAKAMA_CONSOLE__SIGNING_KEY.",
        [argument, "--socket.server_key=a key of our own", "--console.password=a password of our own"]);

    [Fact]
    public async Task A_server_that_cannot_start_ends_the_app_host_with_what_it_said_although_a_container_engine_hangs()
    {
        var engine = Path.Combine(_folder.FullName, "docker");
        await File.WriteAllTextAsync(engine, "#!/bin/sh\nexec sleep 600\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(engine, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var modules = _folder.CreateSubdirectory("modules");
        await File.WriteAllTextAsync(Path.Combine(modules.FullName, "broken.lua"), "this is no Lua");

        using var house = AppHostProcess.Start(
            ["--Postgres=", "--Throwaway=true", "--runtime.path", modules.FullName],
            environment: new() { ["PATH"] = $"{_folder.FullName}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" });
        var (exitCode, printed) = await house.EndsAsync(_patience.Token);

        Assert.Equal(1, exitCode);
        Assert.Contains("server ended with exit code 1.", printed, StringComparison.Ordinal);
        Assert.Contains("broken.lua", printed, StringComparison.Ordinal);
        foreach (var address in house.Addresses) await Answering.UntilSilentAsync(address, _patience.Token);
    }

    private async Task RefusesAsync(string sentence, string[] arguments, int? shift = null, Dictionary<string, string>? environment = null) =>
        Assert.Equal(sentence, await RefusalAsync(arguments, shift, environment));

    private async Task<string> RefusalAsync(string[] arguments, int? shift = null, Dictionary<string, string>? environment = null)
    {
        using var house = AppHostProcess.Start(arguments, shift, environment);
        var (exitCode, printed) = await house.EndsAsync(_patience.Token);
        Assert.Equal(1, exitCode);
        return printed.Trim();
    }
}
