using System.Net.Sockets;
using System.Security.Cryptography;
using Nakama.Server.Cluster.Joining;
using Nakama.Server.Cluster.Links;
using Nakama.Server.Errors;
using Nakama.Server.Lifecycle;
using Npgsql;

namespace Nakama.Server.Cluster;

/// <summary>
/// This node as a member of a cluster, from before clients may connect until after their sessions have ended. It exists only where
/// <c>cluster.enabled</c> is set.
/// </summary>
internal sealed class ClusterNode(
    ClusterOptions options, NpgsqlDataSource database, LinkIdentity self, ClusterSecret secret, LinkListener listener, LinkAcceptor acceptor, PeerLinks links,
    ClusterNodeStore store, ClusterJoin join, ICluster cluster, NodeDrain drain, NodeLifecycle lifecycle, IHostApplicationLifetime host, TimeProvider time,
    ILogger<ClusterNode> logger) : IHostedService, IMemberListener, IAsyncDisposable
{
    private const int SecretBytes = 32;
    private static readonly TimeSpan RenewPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _renewing = Task.CompletedTask;
    private ClusterMember? _member;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.EnsureAsync(cancellationToken);
            if (options.Secret.Length > 0) secret.Set(options.Secret);
            else secret.Set(await store.ReadOrAddSettingAsync("secret", RandomNumberGenerator.GetBytes(SecretBytes), cancellationToken));
            var hostName = await OwnHost.FindAsync(options, database, cancellationToken);
            var port = await listener.StartAsync(acceptor, OwnHost.IsLoopback(hostName), cancellationToken);
            var address = NodeAddress.Format(hostName, port);
            var incarnation = await join.ClaimNameAsync(address, cancellationToken);
            _member = new ClusterMember(self.Name, address, incarnation);
            self.Set(address, incarnation);
            _renewing = RenewAsync(_member);
            await cluster.StartAsync(_member, this, cancellationToken);
            await join.JoinAsync(cluster, _member, cancellationToken);
            self.IsUp = true;
            host.ApplicationStopping.Register(drain.Begin);
            JoiningLog.Up(logger, _member.Name, _member.Address, _member.Incarnation);
        }
        catch (NpgsqlException e)
        {
            throw new StartupException("The cluster cannot be joined without the database", e);
        }
        catch (SocketException e)
        {
            throw new StartupException($"The port for other nodes cannot be opened, or the address of this node is not known; see cluster.host and cluster.address: {e.Message}", e);
        }
    }

    /// <summary>Leaves when the sessions have ended and the others know it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var limit = new CancellationTokenSource(LeaveTimeout, time);
            if (!lifecycle.IsLost)
            {
                await drain.FlushAsync(limit.Token);
                await cluster.LeaveAsync(limit.Token);
            }

            await EndRenewingAsync();
            if (_member is { } member) await store.DeleteAsync(member.Name, member.Incarnation, limit.Token);
            JoiningLog.Left(logger);
        }
        catch (Exception e) when (e is OperationCanceledException or NpgsqlException or TimeoutException)
        {
            JoiningLog.NotLeft(logger, e);
        }

        self.End();
    }

    public async ValueTask DisposeAsync()
    {
        await EndRenewingAsync();
        await cluster.DisposeAsync();
        await links.DisposeAsync();
        await listener.DisposeAsync();
        _stopping.Dispose();
    }

    void IMemberListener.OnUp(ClusterMember member) => links.Add(member);

    void IMemberListener.OnRemoved(ClusterMember member) => links.Remove(member);

    void IMemberListener.OnReachable(ClusterMember member, bool isReachable)
    {
        if (isReachable) JoiningLog.Reachable(logger, member.Name);
        else JoiningLog.Unreachable(logger, member.Name);
    }

    void IMemberListener.OnLost()
    {
        if (!lifecycle.TryLose()) return;
        JoiningLog.Lost(logger);
        host.StopApplication();
    }

    private async Task EndRenewingAsync()
    {
        await _stopping.CancelAsync();
        await _renewing;
    }

    /// <summary>Keeps the row of this node fresh. While the database is away nothing happens.</summary>
    private async Task RenewAsync(ClusterMember member)
    {
        using var timer = new PeriodicTimer(RenewPeriod, time);
        while (true)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(_stopping.Token)) return;
                if (await store.RenewAsync(member.Name, member.Incarnation, self.IsUp, _stopping.Token)) continue;
                if (!lifecycle.TryLose()) return;
                JoiningLog.Replaced(logger, member.Name);
                host.StopApplication();
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                JoiningLog.NotRenewed(logger, e.Message);
            }
        }
    }
}
