using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Transport;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport;

/// <summary>Connections that send nothing, and more of them than there is room for.</summary>
public sealed class ConnectionLimiterTests
{
    [Theory]
    [InlineData(0, 100, 1024, 1024 - 512 - 128 - 100)]
    [InlineData(200, 100, 1024, 200)]
    [InlineData(5000, 100, 1024, 284)]
    [InlineData(0, 5000, 1024, 16)]
    public void The_descriptors_leave_room_for_the_pool_and_a_reserve(int wanted, int pool, int descriptors, int expected) =>
        Assert.Equal(expected, ConnectionLimiter.Choose(wanted, pool, descriptors));

    [Fact]
    public void Without_a_limit_of_descriptors_there_may_be_any_number_of_connections() =>
        Assert.Equal(int.MaxValue, ConnectionLimiter.Choose(0, 100, null));

    [Fact]
    public void The_soft_limit_is_read_from_the_table_of_the_system() =>
        Assert.Equal(1024, DescriptorLimit.Read(
        [
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max processes             96000                96000                processes ",
            "Max open files            1024                 524288               files     ",
        ]));

    [Fact]
    public async Task Silent_connections_make_room_for_an_honest_client_and_one_line_says_so()
    {
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { MaxConnections = 20 } });
        var silent = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 60; i++) silent.Add(await server.ConnectAsync());

            for (var i = 0; i < 5; i++) await server.AuthenticateAsync();

            Assert.InRange(server.Services.GetRequiredService<ConnectionLimiter>().Count, 1, 20 + 128);
            Assert.Single(server.Log.Lines, line => line.Text.Contains("As many connections are open", StringComparison.Ordinal));
        }
        finally
        {
            silent.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_connection_that_sends_nothing_is_closed_after_the_time_to_read()
    {
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { ReadTimeoutMs = 300 } });
        using var client = await server.ConnectAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.Equal(0, await ReadAsync(client, patience.Token));
    }

    [Fact]
    public async Task One_address_may_have_only_so_many_connections()
    {
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { MaxConnectionsPerAddress = 2 } });
        using var first = await server.ConnectAsync();
        using var second = await server.ConnectAsync();
        var limiter = server.Services.GetRequiredService<ConnectionLimiter>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (limiter.Count < 2) await Task.Delay(10, patience.Token);

        Assert.True(await IsTurnedAwayAsync(server, patience.Token));

        first.Dispose();
        while (limiter.Count > 1) await Task.Delay(10, patience.Token);
        await server.AuthenticateAsync();
    }

    /// <summary>The connection may be closed while it is being made, or right after.</summary>
    private static async Task<bool> IsTurnedAwayAsync(TestServer server, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await server.ConnectAsync(cancellationToken);
            return await ReadAsync(client, cancellationToken) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>0 when the connection was closed, however that looks from here.</summary>
    private static async Task<int> ReadAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], cancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
