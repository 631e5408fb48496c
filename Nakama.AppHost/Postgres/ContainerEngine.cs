using System.ComponentModel;
using System.Diagnostics;

namespace Nakama.AppHost.Postgres;

/// <summary>Whether a container can be started here: a client without a running engine is not enough.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    public static bool Answers()
    {
        string[] programs = Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } chosen ? [chosen] : ["docker", "podman"];
        return programs.AsParallel().WithDegreeOfParallelism(programs.Length).Any(Answers);
    }

    private static bool Answers(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["container", "ls", "--last", "1", "--quiet"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            if (process.WaitForExit(AnswerTimeout)) return process.ExitCode == 0;
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
