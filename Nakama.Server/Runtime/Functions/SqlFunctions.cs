using System.Globalization;
using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Runtime.Functions;

/// <summary>SQL statements of modules, run unchanged.</summary>
internal sealed class SqlFunctions(NpgsqlDataSource database) : IFunctionModule
{
    public string Name => "SQL";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("sql_exec", "Runs a statement with parameters `$1`, `$2`, ... and returns how many rows it touched.")
            .Text("query", "expects query string").OptionalTable("params").Array("expects array of query params").NotNull()
            .Returns("rows_affected").Does(ExecuteAsync);
        functions.Function("sql_query", "Runs a query with parameters `$1`, `$2`, ... and returns its rows by the names of the columns.")
            .Text("query", "expects query string").OptionalTable("params").Array("expects array of query params").NotNull()
            .Returns("rows").Does(QueryAsync);
    }

    private async ValueTask<ScriptValue> ExecuteAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RetryAsync(call, static async (connection, call, cancellationToken) =>
            {
                await using var batch = new NpgsqlBatch(connection);
                var command = new NpgsqlBatchCommand(call.Text(0));
                AddParameters(command.Parameters, call);
                batch.BatchCommands.Add(command);
                await batch.ExecuteNonQueryAsync(cancellationToken);
                return call.Language == ScriptLanguage.JavaScript
                    ? ScriptValue.Of(new ScriptRecord(1).Add("rows_affected", (double)command.Rows))
                    : ScriptValue.Of((double)command.Rows);
            }, cancellationToken);
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e) || DatabaseErrors.IsAccountGone(e))
        {
            throw Failed("sql exec error", e);
        }
    }

    private async ValueTask<ScriptValue> QueryAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RetryAsync(call, static async (connection, call, cancellationToken) =>
            {
                await using var command = new NpgsqlCommand(call.Text(0), connection);
                // All values are read as text, which modules get for types without a conversion.
                command.AllResultTypesAreUnknown = true;
                AddParameters(command.Parameters, call);
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var rows = new List<ScriptValue>();
                while (await reader.ReadAsync(cancellationToken)) rows.Add(ScriptValue.Of(ReadRow(reader)));
                return ScriptValue.Of(rows);
            }, cancellationToken);
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e) || DatabaseErrors.IsAccountGone(e))
        {
            throw Failed("sql query error", e);
        }
    }

    /// <summary>The database infers the type of a parameter from the statement, so all of them are sent as text.</summary>
    private static void AddParameters(NpgsqlParameterCollection parameters, FunctionCall call)
    {
        if (!call.Has(1)) return;
        var values = call.Table(1);
        for (var i = 0; i < values.Length; i++)
        {
            var text = TextOf(values[i]);
            TextParameters.Check(text);
            parameters.Add(new NpgsqlParameter { Value = text ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown });
        }
    }

    private static string? TextOf(ScriptValue value) => value.Kind switch
    {
        ScriptValueKind.Null => null,
        ScriptValueKind.Flag => value.AsFlag() ? "true" : "false",
        ScriptValueKind.Number => value.AsNumber().ToString("R", CultureInfo.InvariantCulture),
        ScriptValueKind.Table => value.AsTable().ToJsonObject(),
        _ => value.AsText(),
    };

    private static ScriptRecord ReadRow(NpgsqlDataReader reader)
    {
        var row = new ScriptRecord(reader.FieldCount) { HasForeignNames = true };
        for (var i = 0; i < reader.FieldCount; i++) row.Add(reader.GetName(i), reader.IsDBNull(i) ? default : SqlText.Read(reader.GetDataTypeName(i), reader.GetString(i)));
        return row;
    }

    private static FunctionException Failed(string what, Exception error) =>
        new(new($"{what}: {Cause.Of(error)}", $"failed to exec db query: {Cause.Of(error)}"));
}
