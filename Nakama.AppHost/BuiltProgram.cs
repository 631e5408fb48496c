using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Nakama.AppHost;

/// <summary>The build output of a referenced project, from the same build as the app host.</summary>
internal static class BuiltProgram
{
    private static readonly string Configuration =
        typeof(BuiltProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>The assembly of the project; null where the build output is in an unusual place.</summary>
    public static string? Find(IProjectMetadata project)
    {
        var folder = Path.GetDirectoryName(project.ProjectPath)!;
        var framework = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string[] frameworks = [framework, $"net{Environment.Version.Major}.{Environment.Version.Minor}"];
        return frameworks.Select(name => Path.Combine(folder, "bin", Configuration, name, Path.GetFileNameWithoutExtension(project.ProjectPath) + ".dll"))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>
    /// Runs the assembly itself instead of <c>dotnet run</c>, which evaluates the project first and stays in memory. A debugger
    /// that starts the projects still does so.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AsBuilt(this IResourceBuilder<ProjectResource> project)
    {
        var configuration = project.ApplicationBuilder.Configuration;
        var isDebugged = !string.IsNullOrEmpty(configuration["DEBUG_SESSION_PORT"]);
        if (isDebugged || configuration.GetValue("DOTNET_WATCH", false) || project.ApplicationBuilder.ExecutionContext.IsPublishMode) return project;

        var metadata = project.Resource.GetProjectMetadata();
        if (Find(metadata) is not { } assembly) return project;
        return project
            .WithAnnotation(new ExecutableAnnotation { Command = "dotnet", WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)! })
            .WithArgs(context => context.Args.Insert(0, assembly));
    }
}
