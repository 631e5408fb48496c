namespace Nakama.Server.Chat;

/// <summary>
/// Called before a user joins or reads a channel; implemented by the feature that owns the kind of channel. A kind without
/// a gate admits no user.
/// </summary>
public interface IChannelGate
{
    /// <summary>The stream mode of the channels that the gate applies to.</summary>
    byte Mode { get; }

    ValueTask<bool> MayEnterAsync(Guid subject, Guid userId, CancellationToken cancellationToken);
}
