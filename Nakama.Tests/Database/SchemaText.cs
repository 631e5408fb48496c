using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Nakama.Tests.Database;

/// <summary>Writes what a database has in the form of <see cref="ExpectedSchema"/>.</summary>
internal static partial class SchemaText
{
    private const string Sql = """
        SELECT c.relname::text, 0, a.attnum::text, a.attname::text, format_type(a.atttypid, a.atttypmod),
               CASE WHEN a.attnotnull THEN '' ELSE ' N' END, coalesce(pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        UNION ALL
        SELECT c.relname::text, 1, '', x.conname::text, pg_get_constraintdef(x.oid), x.contype::text, ''
        FROM pg_class c
        JOIN pg_constraint x ON x.conrelid = c.oid AND x.contype IN ('p', 'u', 'c', 'f')
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        UNION ALL
        SELECT c.relname::text, 2, '', i.relname::text, pg_get_indexdef(i.oid), CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END, ''
        FROM pg_class c
        JOIN pg_index x ON x.indrelid = c.oid
        JOIN pg_class i ON i.oid = x.indexrelid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint y WHERE y.conindid = i.oid)
        """;

    private sealed record Row(string Table, int Kind, int Number, string Name, string Definition, string Mark, string Default);

    public static async Task<string> ReadAsync(NpgsqlDataSource database)
    {
        var rows = new List<Row>();
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("SET TIME ZONE 'UTC'"), new(Sql) } };
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var number = reader.GetString(2) is { Length: > 0 } text ? int.Parse(text, null) : 0;
                rows.Add(new Row(reader.GetString(0), reader.GetInt32(1), number, reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6)));
            }
        }

        var schema = new StringBuilder();
        foreach (var table in rows.GroupBy(row => row.Table).OrderBy(table => table.Key, StringComparer.Ordinal))
        {
            schema.Append("table ").Append(table.Key).Append('\n');
            foreach (var column in table.Where(row => row.Kind == 0).OrderBy(row => row.Number)) schema.Append("  ").Append(Column(column)).Append('\n');
            foreach (var line in table.Where(row => row.Kind == 1).Select(Constraint).Order(StringComparer.Ordinal)) schema.Append("  ").Append(line).Append('\n');
            foreach (var index in table.Where(row => row.Kind == 2).OrderBy(row => row.Name, StringComparer.Ordinal)) schema.Append("  ").Append(Index(index)).Append('\n');
        }

        return schema.ToString().TrimEnd();
    }

    private static string Column(Row row)
    {
        var type = row.Definition
            .Replace("character varying", "vc", StringComparison.Ordinal)
            .Replace("timestamp with time zone", "tstz", StringComparison.Ordinal)
            .Replace("smallint", "i2", StringComparison.Ordinal)
            .Replace("bigint", "i8", StringComparison.Ordinal)
            .Replace("integer", "i4", StringComparison.Ordinal);
        var value = Plain(row.Default);
        return $"{row.Name} {type}{row.Mark}{(value.Length > 0 ? " = " + value : "")}";
    }

    private static string Plain(string expression) => expression switch
    {
        "now()" => "now",
        "'1970-01-01 00:00:00+00'::timestamp with time zone" => "epoch",
        "'00000000-0000-0000-0000-000000000000'::uuid" => "nil",
        _ when expression.EndsWith("::jsonb", StringComparison.Ordinal) => expression[1..^8],
        _ => Cast().Replace(expression, ""),
    };

    private static string Constraint(Row row)
    {
        var (kind, prefix) = row.Mark switch
        {
            "p" => ("primary key", "PRIMARY KEY "),
            "u" => ("unique", "UNIQUE "),
            "f" => ("foreign key", "FOREIGN KEY "),
            _ => ("check", "CHECK "),
        };
        var text = row.Definition[prefix.Length..]
            .Replace("'00000000-0000-0000-0000-000000000000'::uuid", "nil", StringComparison.Ordinal)
            .Replace("\"", "", StringComparison.Ordinal);
        if (row.Mark == "c") text = Cast().Replace(text, "")[1..^1];
        return $"{kind} {row.Name} {ColumnInParentheses().Replace(text, "($1)")}";
    }

    private static string Index(Row row) =>
        $"index {row.Name} {row.Definition[(row.Definition.IndexOf(" USING ", StringComparison.Ordinal) + 7)..]}{row.Mark}";

    [GeneratedRegex("::(character varying|text)")]
    private static partial Regex Cast();

    [GeneratedRegex(@"\(\((\w+)\)\)")]
    private static partial Regex ColumnInParentheses();
}
