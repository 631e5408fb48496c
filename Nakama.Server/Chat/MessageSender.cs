using Nakama.Server.Sessions;

namespace Nakama.Server.Chat;

/// <summary>In whose name a message is written.</summary>
/// <param name="UserId">The user.</param>
/// <param name="UserIdText">The same id as text.</param>
/// <param name="Username">The name that readers see.</param>
public readonly record struct MessageSender(Guid UserId, string UserIdText, string Username)
{
    public MessageSender(Session session)
        : this(session.UserId, session.UserIdText, session.Username)
    {
    }
}
