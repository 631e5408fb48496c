namespace Nakama.Server.Chat;

/// <summary>The gates by kind of channel.</summary>
public sealed class ChannelGates(IEnumerable<IChannelGate> gates)
{
    private readonly Dictionary<byte, IChannelGate> _gates = gates.ToDictionary(static gate => gate.Mode);

    public ValueTask<bool> MayEnterAsync(ChannelId channel, Guid userId, CancellationToken cancellationToken) =>
        _gates.TryGetValue(channel.Stream.Mode, out var gate)
            ? gate.MayEnterAsync(channel.Stream.Subject, userId, cancellationToken)
            : new(false);
}
