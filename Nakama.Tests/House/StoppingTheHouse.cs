using Aspire.Hosting.Testing;

namespace Nakama.Tests.House;

public sealed class StoppingTheHouse
{
    [Fact]
    public async Task Nothing_answers_after_the_house_has_stopped()
    {
        var house = new RunningHouse();
        await house.InitializeAsync();
        Uri[] addresses =
        [
            house.App.GetEndpoint("server", "http"), house.App.GetEndpoint("server", "grpc"),
            house.App.GetEndpoint("server", "console"), house.App.GetEndpoint("console"),
        ];
        foreach (var address in addresses) Assert.True(await Answering.IsAsync(address), $"{address} does not answer");

        await house.DisposeAsync();

        foreach (var address in addresses) Assert.False(await Answering.IsAsync(address), $"{address} answers");
    }
}
