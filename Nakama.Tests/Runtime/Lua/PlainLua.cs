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
