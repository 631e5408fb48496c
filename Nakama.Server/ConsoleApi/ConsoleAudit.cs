using Google.Protobuf;
using Google.Protobuf.Reflection;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.Live;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>Records the changes of operators: one row after each successful call of an audited method.</summary>
internal sealed class ConsoleAudit(NpgsqlDataSource database, LiveEventFeed events, TimeProvider time)
{
    private const string InsertSql = """
        INSERT INTO console_audit_log (create_time, id, console_user_id, console_username, email, action, resource, message, metadata)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string Hidden = "***";

    private static readonly string[] SecretMethods = ["Authenticate", "Link", "Unlink", "Session", "Import"];

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithPreserveProtoFieldNames(true));

    /// <summary>Makes every audited method that has a handler write its row.</summary>
    public void Attach(ApiMap api)
    {
        foreach (var method in api.Methods)
        {
            if (method.Handler is not { } handler || AuditRules.Of(method.Name) is not { } rule) continue;
            method.Handler = async (call, request, cancellationToken) =>
            {
                var response = await handler(call, request, cancellationToken);
                // The change is committed; a caller's cancellation must not prevent the row.
                await WriteAsync((ConsoleOperator)call.Operator!, rule.Action, rule.Resource, rule.Message, rule.HasMetadata ? Describe(request) : "{}", CancellationToken.None);
                return response;
            };
        }
    }

    public async ValueTask WriteAsync(
        ConsoleOperator who, AuditLogAction action, AclResources resource, string message, string metadata, CancellationToken cancellationToken)
    {
        events.Add("operator", message, who.Id?.ToString() ?? "", who.Username, [new("action", action.ToString()), new("resource", resource.ToString())]);
        await database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(InsertSql);
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.NewGuid() });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = who.Id ?? Guid.Empty });
            command.Parameters.AddText(who.Username);
            command.Parameters.AddText(who.Email);
            command.Parameters.AddText(NameOf("AuditLogAction", (int)action));
            command.Parameters.AddText(NameOf("AclResources", (int)resource));
            command.Parameters.AddText(message);
            command.Parameters.AddJsonb(metadata);
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);
    }

    private static string NameOf(string enumName, int number) =>
        ConsoleReflection.Descriptor.FindTypeByName<EnumDescriptor>(enumName).FindValueByNumber(number).Name;

    /// <summary>The request without its secrets: many operators can read the log.</summary>
    private static string Describe(IMessage request)
    {
        switch (request)
        {
            case UpdateAccountRequest { Password.Length: > 0 } update:
                update = update.Clone();
                update.Password = Hidden;
                return Json.Format(update);
            case CallApiEndpointRequest { Body.Length: > 0 } call when HasSecrets(call.Method):
                call = call.Clone();
                call.Body = Hidden;
                return Json.Format(call);
            default:
                return Json.Format(request);
        }
    }

    /// <summary>Whether the body of a game API's method has passwords, device ids or tokens.</summary>
    private static bool HasSecrets(string method) => Array.Exists(SecretMethods, prefix => method.StartsWith(prefix, StringComparison.Ordinal));
}
