using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Nakama.Tests.House.StandIn;

/// <summary>The app host as a process of its own, ended in the way nobody can prepare for.</summary>
public sealed partial class KilledHouse
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Killing_the_app_host_ends_everything_it_had_started()
    {
        using var patience = new CancellationTokenSource(Patience);
        var program = Path.Combine(AppContext.BaseDirectory, "Nakama.AppHost.dll");
        using var house = Process.Start(new ProcessStartInfo("dotnet", [program, "--Throwaway=true"]) { RedirectStandardOutput = true })!;
        var printed = await ReadUntilReadyAsync(house.StandardOutput, patience.Token);
        var addresses = Address().Matches(printed).Select(match => match.Value).Distinct().ToList();
        var folder = Folder().Match(printed).Groups[1].Value;
        Assert.Equal(7, addresses.Count);
        Assert.True(Directory.Exists(folder));

        house.Kill();
        await house.WaitForExitAsync(patience.Token);

        foreach (var address in addresses) await UntilAsync(async () => !await Answering.IsAsync(new Uri($"http://{address}")), patience.Token);
        await UntilAsync(() => Task.FromResult(!Directory.Exists(folder)), patience.Token);
    }

    private static async Task<string> ReadUntilReadyAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var printed = new StringBuilder();
        string? line;
        do
        {
            line = await output.ReadLineAsync(cancellationToken);
            Assert.True(line is not null, $"The house did not start:\n{printed}");
            printed.AppendLine(line);
        }
        while (!line.Contains("Ctrl+C", StringComparison.Ordinal));
        return printed.ToString();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        while (!await condition()) await Task.Delay(20, cancellationToken);
    }

    [GeneratedRegex(@"localhost:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"password in (\S+)")]
    private static partial Regex Folder();
}
