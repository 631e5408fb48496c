using System.Text.RegularExpressions;

namespace Nakama.Tests.House;

/// <summary>Who may name which table: a feature's rows are its own business.</summary>
public sealed partial class TableOwners
{
    private static readonly Dictionary<string, string[]> Owners = new()
    {
        // Signing in finds and makes users, a wallet and the count of friends are columns of theirs; those named last only
        // look who a user is.
        ["users"] = ["Accounts", "Authentication", "Wallets", "Friends", "Groups", "Notifications", "Status"],
        ["user_device"] = ["Accounts", "Authentication"],
        ["user_tombstone"] = ["Accounts"],
        ["user_edge"] = ["Friends"],
        ["notification"] = ["Notifications"],
        ["storage"] = ["Storage"],
        ["wallet_ledger"] = ["Wallets"],
        ["purchase"] = ["Purchases"],
        ["subscription"] = ["Purchases"],
        // A tournament is a leaderboard with a duration.
        ["leaderboard"] = ["Leaderboards", "Tournaments"],
        ["leaderboard_record"] = ["Leaderboards", "Tournaments"],
        ["message"] = ["Chat"],
        ["groups"] = ["Groups"],
        ["group_edge"] = ["Groups"],
        ["console_user"] = ["ConsoleApi"],
        ["console_audit_log"] = ["ConsoleApi"],
        ["console_acl_template"] = ["ConsoleApi"],
        ["users_notes"] = ["ConsoleApi"],
        // The nodes note there, too, which of them did a reset.
        ["setting"] = ["ConsoleApi", "Leaderboards"],
        ["nakama_net.revocation"] = ["Security"],
        ["nakama_net.second_step"] = ["ConsoleApi"],
        ["nakama_net.operator_identity"] = ["ConsoleApi"],
        ["nakama_net.oidc_token"] = ["ConsoleApi"],
        ["nakama_net.console_history"] = ["ConsoleApi"],
        ["nakama_net.job"] = ["Runtime"],
        ["nakama_net.cluster_node"] = ["Cluster"],
        ["nakama_net.cluster_setting"] = ["Cluster"],
        ["nakama_net.cluster_term"] = ["Cluster"],
        ["migration_info"] = ["Database"],
    };

    private static readonly string[] MayOnlyRead = ["Groups", "Notifications", "Status"];

    [Fact]
    public void No_folder_touches_the_tables_of_another_feature() =>
        Assert.Empty(SourceTree.Files("Nakama.Server", "*.cs").SelectMany(Violations));

    [Fact]
    public void A_foreign_table_and_a_write_by_a_reader_are_noticed()
    {
        Assert.Equal(["Nakama.Server/Chat/A.cs names storage"], Violations(new("Nakama.Server/Chat/A.cs", "SELECT 1 FROM storage WHERE")));
        Assert.Equal(["Nakama.Server/Status/A.cs writes users"], Violations(new("Nakama.Server/Status/A.cs", "UPDATE users SET")));
        Assert.Equal(["Nakama.Server/Chat/A.cs names a table without an owner, ghosts"], Violations(new("Nakama.Server/Chat/A.cs", "INSERT INTO ghosts (id)")));
    }

    private static IEnumerable<string> Violations(SourceFile file)
    {
        var folder = file.Path.Split('/')[1];
        foreach (var match in Statement().Matches(file.Text).AsEnumerable())
        {
            var (verb, table) = (match.Groups[1].Value, match.Groups[2].Value);
            if (verb is "FROM" or "JOIN" && !Owners.ContainsKey(table)) continue;
            if (!Owners.TryGetValue(table, out var owners)) yield return $"{file.Path} names a table without an owner, {table}";
            else if (!owners.Contains(folder)) yield return $"{file.Path} names {table}";
            else if (table == "users" && verb is not ("FROM" or "JOIN") && MayOnlyRead.Contains(folder)) yield return $"{file.Path} writes {table}";
        }
    }

    // Common table expressions and functions stand behind FROM too, so an unknown name there is not a table.
    [GeneratedRegex(@"\b(FROM|JOIN|INSERT INTO|DELETE FROM|UPDATE)\s+([a-z_]+(?:\.[a-z_]+)?)\b")]
    private static partial Regex Statement();
}
