using System.Diagnostics;
using System.Globalization;

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
        using var process = Start("-e", $"dofile([[{path}]]) io.write(os.clock())");
        var seconds = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("lua5.1", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
