namespace Aspire.Hosting;

/// <summary>Where a referenced project is; the build writes one class per project.</summary>
public interface IProjectMetadata
{
    string ProjectPath { get; }

    /// <summary>The built assembly. The stand-in starts it directly.</summary>
    string TargetPath { get; }
}
