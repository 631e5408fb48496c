using System.Text;

namespace Nakama.Server.Database;

/// <summary>
/// Reads a migration: a part after the line <c>-- up</c> and one after <c>-- down</c>, each run in one transaction unless
/// <c>-- next transaction</c> or <c>-- next without transaction, builds {index}</c> splits it.
/// </summary>
internal static class MigrationFile
{
    private const string Builds = "-- next without transaction, builds ";

    public static Migration Parse(string id, string text)
    {
        List<MigrationStep> up = [], down = [];
        List<MigrationStep>? part = null;
        var sql = new StringBuilder();
        string? index = null;

        foreach (var line in text.AsSpan().EnumerateLines())
        {
            switch (line)
            {
                case "-- up":
                    part = up;
                    sql.Clear();
                    break;
                case "-- down":
                    EndStep();
                    part = down;
                    break;
                case "-- next transaction":
                    EndStep();
                    break;
                default:
                    if (line.StartsWith(Builds, StringComparison.Ordinal))
                    {
                        EndStep();
                        index = line[Builds.Length..].Trim().ToString();
                    }
                    else
                    {
                        sql.Append(line).Append('\n');
                    }

                    break;
            }
        }

        EndStep();
        if (up.Count == 0 || down.Count == 0) throw new FormatException($"{id} needs a part up and a part down.");
        return new Migration(id, up, down);

        void EndStep()
        {
            if (part is null) throw new FormatException($"{id} has statements before its first part.");
            part.Add(new MigrationStep(sql.ToString().Trim(), index is null, index));
            sql.Clear();
            index = null;
        }
    }
}
