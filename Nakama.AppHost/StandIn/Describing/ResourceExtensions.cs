namespace Aspire.Hosting;

/// <summary>Adds resources other than databases.</summary>
public static class ResourceExtensions
{
    /// <summary>A project with the variables and addresses of its launch profile.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, builder.Configuration["DOTNET_LAUNCH_PROFILE"]);

    /// <inheritdoc cref="AddProject{TProject}(IDistributedApplicationBuilder, string)"/>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
    {
        var metadata = new TProject();
        var resource = new ProjectResource(name, metadata);
        var profile = LaunchProfile.Read(metadata.ProjectPath, launchProfileName);
        foreach (var (variable, value) in profile.Variables) resource.Variables[variable] = _ => new(value);
        foreach (var url in profile.Urls) resource.Endpoints.Add(new(url.Scheme, url.Scheme, url.Port));
        return builder.AddResource(resource);
    }

    /// <summary>Another program; a relative folder starts at the app host's.</summary>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args)
    {
        var resource = new ExecutableResource(name, command, Path.GetFullPath(workingDirectory, builder.AppHostDirectory));
        resource.Arguments.AddRange(args ?? []);
        return builder.AddResource(resource);
    }

    /// <summary>The configuration's <c>Parameters:{name}</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => builder.Configuration[$"Parameters:{name}"]
            ?? throw new HouseException($"{(secret ? "The secret" : "The parameter")} {name} has no value: set the environment variable Parameters__{name}.")));

    /// <summary>The configuration's <c>ConnectionStrings:{name}</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new ConnectionStringResource(name, () => builder.Configuration[$"ConnectionStrings:{name}"]
            ?? throw new HouseException($"The connection string {name} has no value: set the environment variable ConnectionStrings__{name}.")));
}
