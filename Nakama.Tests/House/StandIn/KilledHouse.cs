using System.Text.RegularExpressions;

namespace Nakama.Tests.House.StandIn;

/// <summary>The app host as a process of its own, ended in the way nobody can prepare for.</summary>
public sealed partial class KilledHouse
{
    private const int Addresses = 7;

    [Fact]
    public async Task Killing_the_app_host_ends_everything_it_had_started()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var program = Path.Combine(AppContext.BaseDirectory, "Nakama.AppHost.dll");
        using var house = new TalkingProcess("dotnet", [program, "--Throwaway=true"], AppContext.BaseDirectory);
        var printed = await house.SaysAsync("Ctrl+C", patience.Token);
        var addresses = Address().Matches(printed).Select(match => new Uri($"http://{match.Value}")).Distinct().ToList();
        var folder = Folder().Match(printed).Groups[1].Value;
        Assert.Equal(Addresses, addresses.Count);
        foreach (var address in addresses) Assert.True(await Answering.IsAsync(address), $"{address} does not answer");
        Assert.True(Directory.Exists(folder));

        await house.KillAsync(patience.Token);

        foreach (var address in addresses)
            while (await Answering.IsAsync(address)) await Task.Delay(20, patience.Token);
        while (Directory.Exists(folder)) await Task.Delay(20, patience.Token);
    }

    [GeneratedRegex(@"localhost:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"password in (\S+)")]
    private static partial Regex Folder();
}
