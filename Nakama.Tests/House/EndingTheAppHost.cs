using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Nakama.Tests.House;

/// <summary>The app host as a process, ended in the usual way and in the way nobody can prepare for.</summary>
public sealed class EndingTheAppHost : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nakama-");
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(6));

    public EndingTheAppHost()
    {
        // Temporary folders are closed to the user that PostgreSQL runs as when we are root.
        if (!OperatingSystem.IsWindows()) _folder.UnixFileMode |= UnixFileMode.OtherExecute;
    }

    private string Data => Path.Combine(_folder.FullName, "data of a clone");

    public void Dispose()
    {
        _patience.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Killing_the_app_host_ends_everything_it_had_started()
    {
        using var house = AppHostProcess.Start(["--Throwaway=true"]);
        var printed = await house.IsReadyAsync(_patience.Token);
        var folder = printed.Split('\n').Single(line => line.Contains("Data ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].TrimEnd(',');
        foreach (var address in house.Addresses) Assert.True(await Answering.IsAsync(address), $"{address} does not answer");
        Assert.True(Directory.Exists(folder));

        await house.KillAsync(_patience.Token);

        foreach (var address in house.Addresses) await Answering.UntilSilentAsync(address, _patience.Token);
        while (Directory.Exists(folder)) await Task.Delay(20, _patience.Token);
    }

    [Fact]
    public async Task Ctrl_C_ends_everything_and_accounts_are_there_at_the_next_start()
    {
        using (var first = AppHostProcess.Start([$"--Data={Data}"]))
        {
            await first.IsReadyAsync(_patience.Token);
            Assert.Equal(HttpStatusCode.OK, await SignInAsync(first, "create=true&username=clara"));

            using (var second = AppHostProcess.Start([$"--Data={Data}"]))
            {
                var (exitCode, sentence) = await second.EndsAsync(_patience.Token);
                Assert.Equal((1, $"Another app host is running on the data in {Data}. Stop it, or give this one its own data and ports: --Data=name --Ports:Shift=1000."), (exitCode, sentence.Trim()));
            }

            Assert.Equal(0, await first.InterruptAsync(_patience.Token));
            foreach (var address in first.Addresses) await Answering.UntilSilentAsync(address, _patience.Token);
        }

        using var next = AppHostProcess.Start([$"--Data={Data}"]);
        await next.IsReadyAsync(_patience.Token);
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(next, "create=false"));
        Assert.Equal(0, await next.InterruptAsync(_patience.Token));
    }

    private async Task<HttpStatusCode> SignInAsync(AppHostProcess house, string query)
    {
        using var client = new HttpClient { BaseAddress = house.Server };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("defaultkey:"u8));
        using var device = new StringContent("""{"id":"the-phone-of-clara"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"/v2/account/authenticate/device?{query}", UriKind.Relative), device, _patience.Token);
        return answer.StatusCode;
    }
}
