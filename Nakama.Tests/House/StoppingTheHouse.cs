using Aspire.Hosting.Testing;

namespace Nakama.Tests.House;

public sealed class StoppingTheHouse
{
    [Fact]
    public async Task Nothing_answers_and_no_data_is_left_after_the_house_has_stopped()
    {
        var house = new RunningHouse();
        await house.InitializeAsync();
        var folder = house.DataFolder;
        Uri[] addresses =
        [
            house.App.GetEndpoint("server", "http"), house.App.GetEndpoint("server", "grpc"),
            house.App.GetEndpoint("server", "console"), house.App.GetEndpoint("console"), house.App.GetEndpoint("postgres", "tcp"),
        ];
        foreach (var address in addresses) Assert.True(await Answering.IsAsync(address), $"{address} does not answer");
        Assert.True(Directory.Exists(folder));

        await house.DisposeAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        foreach (var address in addresses) await Answering.UntilSilentAsync(address, patience.Token);
        Assert.False(Directory.Exists(folder));
    }
}
