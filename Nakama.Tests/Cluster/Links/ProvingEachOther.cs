using System.Security.Cryptography;
using Nakama.Server.Cluster.Links;
using Reason = Nakama.Server.Cluster.Messages.LinkRejection.Types.Reason;

namespace Nakama.Tests.Cluster.Links;

/// <summary>The handshake between nodes.</summary>
public sealed class ProvingEachOther
{
    [Fact]
    public async Task Two_nodes_with_one_secret_learn_who_the_other_is()
    {
        var (opener, acceptor) = await new LinkPair().ShakeHandsAsync();

        Assert.Equal(("two", 2L), (opener.Peer.Name, opener.Peer.Incarnation));
        Assert.Equal(("one", 1L), (acceptor.Peer.Name, acceptor.Peer.Incarnation));
    }

    [Fact]
    public async Task With_different_secrets_both_sides_refuse_and_the_opener_is_told_why()
    {
        var pair = new LinkPair();
        var opening = new LinkHandshake(LinkPair.Identity("one", 1), LinkPair.Secret("one secret of some length"), TimeProvider.System)
            .OpenAsync(pair.Opener, Nakama.Server.Cluster.Messages.LinkPurpose.Probe, CancellationToken.None);
        var accepting = new LinkHandshake(LinkPair.Identity("two", 2), LinkPair.Secret("another secret of some length"), TimeProvider.System)
            .AcceptAsync(pair.Acceptor, CancellationToken.None);

        Assert.Equal(Reason.WrongSecret, (await Assert.ThrowsAsync<LinkException>(() => accepting)).Reason);
        Assert.Equal(Reason.WrongSecret, (await Assert.ThrowsAsync<LinkException>(() => opening)).Reason);
    }

    [Fact]
    public async Task Another_version_of_the_frames_is_refused_with_one_sentence()
    {
        var pair = new LinkPair();
        pair.Change = bytes =>
        {
            bytes[0] = 2;
            return bytes;
        };
        var opening = new LinkHandshake(LinkPair.Identity("one", 1), LinkPair.Secret(), TimeProvider.System)
            .OpenAsync(pair.Opener, Nakama.Server.Cluster.Messages.LinkPurpose.Probe, CancellationToken.None);
        var accepting = new LinkHandshake(LinkPair.Identity("two", 2), LinkPair.Secret(), TimeProvider.System).AcceptAsync(pair.Acceptor, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<LinkException>(() => accepting);
        Assert.Equal("The other node has version 2 of the frames between nodes, this one has version 1.", refused.Message);
        Assert.Equal(Reason.WrongVersion, (await Assert.ThrowsAsync<LinkException>(() => opening)).Reason);
    }

    [Fact]
    public async Task A_message_that_was_changed_on_its_way_is_no_proof()
    {
        var pair = new LinkPair();
        // The name in the first message, so that the acceptor would take the opener for another node.
        pair.Change = static bytes =>
        {
            var name = bytes.AsSpan().IndexOf("one"u8);
            if (name >= 0) "two"u8.CopyTo(bytes.AsSpan(name));
            return bytes;
        };
        var opening = new LinkHandshake(LinkPair.Identity("one", 1), LinkPair.Secret(), TimeProvider.System)
            .OpenAsync(pair.Opener, Nakama.Server.Cluster.Messages.LinkPurpose.Probe, CancellationToken.None);
        var accepting = new LinkHandshake(LinkPair.Identity("two", 2), LinkPair.Secret(), TimeProvider.System).AcceptAsync(pair.Acceptor, CancellationToken.None);

        Assert.Equal(Reason.WrongSecret, (await Assert.ThrowsAsync<LinkException>(() => accepting)).Reason);
        await Assert.ThrowsAsync<LinkException>(() => opening);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(500)]
    [InlineData(200_000)]
    public async Task Random_bytes_are_refused(int length)
    {
        var pair = new LinkPair();
        var accepting = new LinkHandshake(LinkPair.Identity("two", 2), LinkPair.Secret(), TimeProvider.System).AcceptAsync(pair.Acceptor, CancellationToken.None);

        pair.Inject(RandomNumberGenerator.GetBytes(length));

        Assert.NotEqual(Reason.Unknown, (await Assert.ThrowsAsync<LinkException>(() => accepting)).Reason);
    }
}
