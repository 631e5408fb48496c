using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Nakama.Tests.House;

namespace Nakama.Tests.TestHost;

/// <summary>Runs the JavaScript clients of this folder with Node.js, with their packages installed from the lock file.</summary>
public static class NodeScripts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private static string Folder => Path.Combine(SourceTree.Root, "Nakama.Tests", "Node");

    /// <summary>Completes when the packages are installed.</summary>
    public static Task InstalledAsync() => Installed.Value;

    /// <summary>The path of a file in this folder, such as one of a package.</summary>
    public static string FileOf(string path) => Path.Combine(Folder, path);

    /// <summary>Runs a script to its end and returns its output. Fails with all its output when the exit code is not 0.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        await Installed.Value;
        return await RunAsync("node", [script, .. arguments], Folder);
    }

    /// <summary>Runs a script that is not in this folder, in a separate folder that resolves the same packages.</summary>
    public static async Task<string> RunTextAsync(string text, params string[] arguments)
    {
        await Installed.Value;
        var folder = Directory.CreateTempSubdirectory("nakama-");
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), Path.Combine(Folder, "node_modules"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "script.mjs"), text);
            return await RunAsync("node", ["script.mjs", .. arguments], folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Installs when the lock file has changed since the last time; a concurrent run waits.</summary>
    private static async Task InstallAsync()
    {
        var hash = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        var stamp = Path.Combine(Folder, "node_modules", ".lock-hash");
        Directory.CreateDirectory(Path.Combine(Folder, "obj"));
        await using var turn = await WaitForTurnAsync(Path.Combine(Folder, "obj", "install.turn"));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == hash) return;
        await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], Folder);
        await File.WriteAllTextAsync(stamp, hash);
    }

    private static async Task<FileStream> WaitForTurnAsync(string file)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < Patience)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Launch(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.\n{await output}\n{await errors}");
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.\n{await output}\n{await errors}");
        return await output;
    }

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"These tests need {start.FileName}: install Node.js 18 or newer with npm.", e);
        }
    }
}
