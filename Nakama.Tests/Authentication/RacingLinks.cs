using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Authentication;

/// <summary>Links that are made at the same moment.</summary>
public sealed class RacingLinks(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Rounds = 100;

    private static readonly CancellationToken Never = CancellationToken.None;

    private TestServer Server => fixture.Server;

    private LinkStore Links => Server.Services.GetRequiredService<LinkStore>();

    [Fact]
    public async Task One_device_linked_twice_by_its_user_is_linked()
    {
        var user = (await Server.AuthenticateAsync()).UserId;
        for (var round = 0; round < Rounds; round++)
        {
            var device = Unique.Id();

            var linked = await AtOnceAsync(() => Links.LinkDeviceAsync(user, device, Never), () => Links.LinkDeviceAsync(user, device, Never));

            Assert.Equal([true, true], linked);
        }
    }

    [Fact]
    public async Task One_custom_id_or_address_linked_by_two_users_belongs_to_one()
    {
        var (one, other) = ((await Server.AuthenticateAsync()).UserId, (await Server.AuthenticateAsync()).UserId);
        for (var round = 0; round < Rounds; round++)
        {
            var (id, email) = (Unique.Id(), Unique.Email());

            var ids = await AtOnceAsync(() => Links.LinkCustomIdAsync(one, id, Never), () => Links.LinkCustomIdAsync(other, id, Never));
            var addresses = await AtOnceAsync(() => Links.LinkEmailAsync(one, email, [1], Never), () => Links.LinkEmailAsync(other, email, [1], Never));

            Assert.Single(ids, true);
            Assert.Single(addresses, true);
        }
    }

    private static async Task<bool[]> AtOnceAsync(Func<ValueTask<bool>> one, Func<ValueTask<bool>> other) =>
        await Task.WhenAll(Task.Run(() => one().AsTask()), Task.Run(() => other().AsTask()));
}
