using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nakama.AppHost;

/// <summary>The sample clients, which are started from the dashboard.</summary>
internal static class SampleClients
{
    private const string Folder = "../samples/first-client";

    public static void AddSampleClients(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> server, int port)
    {
        if (builder.ExecutionContext.IsPublishMode) return;
        var portText = port.ToString(CultureInfo.InvariantCulture);
        builder.AddExecutable("hello-csharp", "dotnet", Folder, "run", "client.cs", "--", portText)
            .WithIconName("Chat").WithExplicitStart().WithParentRelationship(server);
        builder.AddExecutable("hello-javascript", "node", Folder, "client.mjs", portText)
            .WithIconName("Chat").WithExplicitStart().WithParentRelationship(server)
            .OnBeforeResourceStarted((client, started, cancellationToken) => InstallAsync(
                client, started.Services.GetRequiredService<ResourceLoggerService>().GetLogger(client), cancellationToken));
    }

    /// <summary>Installs the client's packages once.</summary>
    private static async Task InstallAsync(ExecutableResource client, ILogger log, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path.Combine(client.WorkingDirectory, "node_modules"))) return;
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        using var process = Process.Start(new ProcessStartInfo(npm, ["install", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = client.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        foreach (var line in $"{await output}{await errors}".Split('\n', StringSplitOptions.RemoveEmptyEntries)) SampleClientsLog.Output(log, line);
        if (process.ExitCode != 0) throw new DistributedApplicationException($"npm install ended with exit code {process.ExitCode}.");
    }
}

internal static partial class SampleClientsLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    public static partial void Output(ILogger log, string line);
}
