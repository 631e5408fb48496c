using System.Diagnostics;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>Lua 5.1 as the system has it.</summary>
internal static class PlainLua
{
    public static string Run(string source)
    {
        using var process = Start("-");
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(source);
        process.StandardInput.Close();
        process.WaitForExit();
        return output.Result;
    }

    /// <summary>The processor time that a file takes.</summary>
    public static TimeSpan Measure(string path)
    {
        using var process = Start(path);
        process.WaitForExit();
        return process.UserProcessorTime;
    }

    private static Process Start(string argument)
    {
        var start = new ProcessStartInfo("lua5.1", [argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
