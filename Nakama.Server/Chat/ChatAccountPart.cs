using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Accounts;
using Nakama.Server.Presence;
using Npgsql;

namespace Nakama.Server.Chat;

/// <summary>The messages that the user of an exported account has sent.</summary>
internal sealed class ChatAccountPart : IAccountExportPart
{
    private const string ExportSql = """
        SELECT id, code, username, content, create_time, update_time, stream_mode, stream_subject, stream_descriptor, stream_label
        FROM message WHERE sender_id = $1
        """;

    public async ValueTask ExportAsync(NpgsqlConnection connection, Guid userId, AccountExportWriter writer, CancellationToken cancellationToken)
    {
        if (userId == Guid.Empty) return;
        await using var command = new NpgsqlCommand(ExportSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken)) writer.Add(writer.Export.Messages, Read(row, userId));
    }

    private static ChannelMessage Read(NpgsqlDataReader row, Guid userId) => new()
    {
        MessageId = row.GetGuid(0).ToString(),
        Code = row.GetInt16(1),
        SenderId = userId.ToString(),
        Username = row.GetString(2),
        Content = row.GetString(3),
        CreateTime = Timestamp.FromDateTime(row.GetDateTime(4)),
        UpdateTime = Timestamp.FromDateTime(row.GetDateTime(5)),
        Persistent = true,
        ChannelId = new StreamId((byte)row.GetInt16(6), row.GetGuid(7), row.GetGuid(8), row.GetString(9)).ToChannelId(),
    };
}
