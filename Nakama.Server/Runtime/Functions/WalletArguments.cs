using Nakama.Server.Wallets;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Reads wallet changes from the arguments of modules.</summary>
internal static class WalletArguments
{
    // Numbers beyond this do not fit into 64-bit integers.
    private const double Limit = 9223372036854775808.0;

    /// <summary>Reads a list of <c>{user_id, changeset, metadata?}</c>.</summary>
    public static List<WalletUpdate> Updates(FunctionCall call, int parameter) =>
        call.Rows(parameter, "expects a valid set of updates").ConvertAll(row => new WalletUpdate(
            row.Id("user_id"),
            Changeset(call, parameter, row.SubTable("changeset", new("expects changeset to be supplied", "expects changeset object"))),
            row.MetadataOrNull("metadata") ?? WalletUpdate.NoMetadata));

    /// <summary>Reads amounts by name; a list has no names, so it changes nothing.</summary>
    public static Dictionary<string, long> Changeset(FunctionCall call, int parameter, IScriptTable table)
    {
        var changeset = new Dictionary<string, long>(StringComparer.Ordinal);
        if (table.Length > 0) return call.Language == ScriptLanguage.JavaScript ? throw call.Refuse(parameter, "expects a changeset object") : changeset;
        foreach (var (name, value) in table.Entries())
        {
            if (name is null) throw call.Refuse(parameter, "expects changeset keys to be strings");
            if (value.Kind != ScriptValueKind.Number || !IsWhole(value.AsNumber())) throw call.Refuse(parameter, "expects changeset values to be whole numbers");
            changeset[name] = value.AsWhole();
        }

        return changeset;
    }

    private static bool IsWhole(double number) => Math.Floor(number) == number && number is >= -Limit and < Limit;
}
