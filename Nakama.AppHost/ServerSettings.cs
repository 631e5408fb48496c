using System.Diagnostics;

namespace Nakama.AppHost;

/// <summary>Runs the server's validation of its settings before anything is started.</summary>
internal static class ServerSettings
{
    /// <exception cref="DistributedApplicationException">
    /// The server rejects an argument or a value, or would be open to other machines with its default secrets.
    /// </exception>
    public static void Check(IProjectMetadata server, string[] arguments, bool isOpen)
    {
        // Without arguments the server's own validation at startup is early enough.
        if ((arguments.Length == 0 && !isOpen) || BuiltProgram.Find(server) is not { } assembly) return;

        using var process = Process.Start(new ProcessStartInfo("dotnet", [assembly, "config", .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(server.ProjectPath),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var defaultSecrets = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new DistributedApplicationException($"The server does not accept its settings: {complaints.Result.Split('\n')[0].Trim()}");
        if (!isOpen || defaultSecrets.Length == 0) return;
        throw new DistributedApplicationException(
            $"Other machines are to reach the server, so these settings must not keep their public defaults: {string.Join(", ", defaultSecrets)}. "
            + $"Give each as --name=value or in the environment, where {defaultSecrets[0]} is NAKAMA_{defaultSecrets[0].Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant()}.");
    }
}
