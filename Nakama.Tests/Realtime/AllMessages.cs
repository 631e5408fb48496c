using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Realtime;

/// <summary>The contract of the socket as a whole.</summary>
public sealed class AllMessages(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public void Every_message_that_clients_send_has_someone_who_handles_it()
    {
        var map = new RealtimeMap();
        foreach (var feature in fixture.Server.Services.GetServices<IRealtimeFeature>()) feature.Map(map);

        Assert.All(Enum.GetValues<Envelope.MessageOneofCase>().Where(RealtimeMap.IsFromClients), kind => Assert.NotNull(map.Find(kind)));
    }
}
