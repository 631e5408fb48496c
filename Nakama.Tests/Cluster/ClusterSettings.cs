using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Joining;
using Nakama.Server.Config;

namespace Nakama.Tests.Cluster;

/// <summary>The settings below <c>cluster</c>, as they are checked at the start.</summary>
public sealed class ClusterSettings
{
    private static readonly ClusterOptions Enabled = new() { Enabled = true };

    public static TheoryData<ClusterOptions, string> Wrong => new()
    {
        { Enabled with { Port = 7350 }, "cluster.port" },
        { Enabled with { Port = 65_536 }, "cluster.port" },
        { Enabled with { Host = "not a host" }, "cluster.host" },
        { Enabled with { Address = "localhost" }, "cluster.address" },
        { Enabled with { Secret = "short" }, "cluster.secret" },
        { Enabled with { Join = ["host:port"] }, "cluster.join" },
        { Enabled with { Join = ["dns:"] }, "cluster.join" },
        { Enabled with { SslCertificate = "node.pem" }, "cluster.ssl_certificate" },
        { Enabled with { SslCertificate = "/none.pem", SslPrivateKey = "/none.key", SslAuthority = "/none.ca" }, "cluster.ssl_certificate" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_one_is_named(ClusterOptions options, string param) =>
        Assert.Contains(OptionsValidator.Validate(new NakamaOptions { Cluster = options }), complaint => complaint.Param == param);

    [Fact]
    public void The_defaults_are_right_with_and_without_a_cluster()
    {
        Assert.Empty(OptionsValidator.Validate(new NakamaOptions()));
        Assert.Empty(OptionsValidator.Validate(new NakamaOptions { Cluster = Enabled }));
        Assert.Empty(OptionsValidator.Validate(new NakamaOptions
        {
            Cluster = Enabled with { Port = 0, Host = "node1.example", Join = ["node2", "node3:7355", "[::1]:7355", "dns:nodes.example:7355", "kubernetes"] },
        }));
    }

    [Theory]
    [InlineData("node2", JoinKind.Address, "node2", 0)]
    [InlineData("10.0.0.2:7355", JoinKind.Address, "10.0.0.2", 7355)]
    [InlineData("[fd00::2]:7355", JoinKind.Address, "fd00::2", 7355)]
    [InlineData("fd00::2", JoinKind.Address, "fd00::2", 0)]
    [InlineData("dns:nodes.example", JoinKind.Dns, "nodes.example", 0)]
    [InlineData("dns:nodes.example:7000", JoinKind.Dns, "nodes.example", 7000)]
    [InlineData("kubernetes", JoinKind.Kubernetes, "app=nakama", 0)]
    [InlineData("kubernetes:tier=game", JoinKind.Kubernetes, "tier=game", 0)]
    public void Places_to_look_for_members_are_read(string text, JoinKind kind, string name, int port)
    {
        Assert.True(JoinAddress.TryParse(text, out var address));
        Assert.Equal(new JoinAddress(kind, name, port), address);
    }

    [Theory]
    [InlineData("node2", 7355, "node2:7355")]
    [InlineData("fd00::2", 7355, "[fd00::2]:7355")]
    public void Addresses_of_nodes_are_written_and_read(string host, int port, string address)
    {
        Assert.Equal(address, NodeAddress.Format(host, port));
        Assert.Equal((host, port), NodeAddress.Parse(address));
    }
}
