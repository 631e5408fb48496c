using Nakama.Server.Lifecycle;

namespace Nakama.Tests.Lifecycle;

public sealed class Phases : IDisposable
{
    private readonly NodeLifecycle _lifecycle = new();

    public void Dispose() => _lifecycle.Dispose();

    [Fact]
    public void A_phase_begins_once_and_none_comes_back()
    {
        Assert.True(_lifecycle.TryEnter(NodePhase.Ready));
        Assert.True(_lifecycle.TryEnter(NodePhase.Closing));

        Assert.False(_lifecycle.TryEnter(NodePhase.Closing));
        Assert.False(_lifecycle.TryEnter(NodePhase.Draining));
        Assert.Equal(NodePhase.Closing, _lifecycle.Phase);
    }

    [Theory]
    [InlineData(NodePhase.Ready, true, true)]
    [InlineData(NodePhase.Draining, false, true)]
    [InlineData(NodePhase.Closing, false, false)]
    [InlineData(NodePhase.Stopped, false, false)]
    public void New_sessions_end_before_new_connections(NodePhase phase, bool acceptsSessions, bool acceptsConnections)
    {
        _lifecycle.TryEnter(phase);

        Assert.Equal((acceptsSessions, acceptsConnections), (_lifecycle.AcceptsSessions, _lifecycle.AcceptsConnections));
    }

    [Theory]
    [InlineData(NodePhase.Closing)]
    [InlineData(NodePhase.Stopped)]
    public void Whoever_waits_for_the_end_is_told_when_it_begins(NodePhase phase)
    {
        _lifecycle.TryEnter(NodePhase.Draining);
        Assert.False(_lifecycle.Closing.IsCancellationRequested);

        _lifecycle.TryEnter(phase);

        Assert.True(_lifecycle.Closing.IsCancellationRequested);
    }
}
