using Nakama.Server.Chat;
using Nakama.Server.Presence;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>Admits the members of a group to its channel.</summary>
internal sealed class GroupChannelGate(NpgsqlDataSource database) : IChannelGate
{
    // States 0 to 2 are superadmin, admin and member; higher ones are join requests and bans.
    private const string IsMemberSql = """
        SELECT EXISTS (SELECT 1 FROM group_edge WHERE source_id = $1 AND destination_id = $2 AND state <= 2)
        """;

    public byte Mode => StreamMode.Group;

    public async ValueTask<bool> MayEnterAsync(Guid subject, Guid userId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(IsMemberSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = subject });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
