namespace Nakama.Server.Chat;

/// <summary>
/// Asked before someone joins or reads a channel; the feature that owns the kind of channel answers. A kind without a gate
/// lets nobody in.
/// </summary>
public interface IChannelGate
{
    /// <summary>The stream mode of the channels that it guards.</summary>
    byte Mode { get; }

    ValueTask<bool> MayEnterAsync(Guid subject, Guid userId, CancellationToken cancellationToken);
}
