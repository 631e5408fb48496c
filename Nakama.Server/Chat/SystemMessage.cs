namespace Nakama.Server.Chat;

/// <summary>What a group's channel is told about a change of its members.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="Code">What happened: one of <see cref="MessageCode"/> from three on.</param>
/// <param name="UserId">Whom it concerns; shown as the sender.</param>
/// <param name="Username">That user's name.</param>
/// <param name="At">When it happened.</param>
public sealed record SystemMessage(Guid GroupId, int Code, Guid UserId, string Username, DateTime At)
{
    public Guid Id { get; } = Guid.NewGuid();
}
