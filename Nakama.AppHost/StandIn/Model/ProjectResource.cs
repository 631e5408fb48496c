using System.Diagnostics;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A project of the solution, run from its built assembly.</summary>
public class ProjectResource : ProcessResource
{
    private readonly IProjectMetadata _project;

    internal ProjectResource(string name, IProjectMetadata project) : base(name) => _project = project;

    private protected override ProcessStartInfo StartInfo() =>
        new(DotNetHost.Path, [_project.TargetPath]) { WorkingDirectory = Path.GetDirectoryName(_project.ProjectPath)! };
}
