using Nakama.Server.Wallets;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Changes of wallets as modules write them.</summary>
internal static class WalletArguments
{
    // Beyond this a number has no place among the whole ones of 64 bits.
    private const double Limit = 9223372036854775808.0;

    /// <summary>Reads a list of <c>{user_id, changeset, metadata?}</c>.</summary>
    public static List<WalletUpdate> Updates(FunctionCall call, int parameter) =>
        call.Rows(parameter, "expects a valid set of updates").ConvertAll(row => new WalletUpdate(
            row.Id("user_id"),
            Changeset(call, parameter, row.SubTable("changeset")),
            row.MetadataOrNull("metadata") ?? WalletUpdate.NoMetadata));

    /// <summary>Reads amounts by name; a list has no names, so it changes nothing.</summary>
    public static Dictionary<string, long> Changeset(FunctionCall call, int parameter, IScriptTable table)
    {
        var changeset = new Dictionary<string, long>(StringComparer.Ordinal);
        if (table.Length > 0) return changeset;
        foreach (var (name, value) in table.Entries())
        {
            if (name is null) throw call.Refuse(parameter, "expects changeset keys to be strings");
            if (value.Kind != ScriptValueKind.Number || !IsWhole(value.AsNumber())) throw call.Refuse(parameter, "expects changeset values to be whole numbers");
            changeset[name] = (long)value.AsNumber();
        }

        return changeset;
    }

    private static bool IsWhole(double number) => Math.Floor(number) == number && number is >= -Limit and < Limit;
}
