using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Any other program.</summary>
public class ExecutableResource(string name, string command, string workingDirectory) : ProcessResource(name)
{
    public string Command { get; } = command;

    public string WorkingDirectory { get; } = workingDirectory;

    private protected override ProcessStartInfo StartInfo() => new(Command) { WorkingDirectory = WorkingDirectory };
}
