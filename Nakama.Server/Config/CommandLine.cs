namespace Nakama.Server.Config;

/// <summary>Flags in the order in which a source gives them, each with its value.</summary>
internal readonly record struct FlagValue(Flag Flag, object Value);

/// <summary>
/// Reads flags the way Go programs do: <c>-x</c> or <c>--x</c>, <c>--x=v</c> or <c>--x v</c>; a switch takes its value
/// only after <c>=</c>; the first word that is no flag ends the reading.
/// </summary>
internal static class CommandLine
{
    /// <summary>Throws <see cref="UsageException"/> for a flag nobody knows or a value that is none.</summary>
    public static List<FlagValue> Parse(ReadOnlySpan<string> args)
    {
        var values = new List<FlagValue>();
        for (var i = 0; i < args.Length; i++)
        {
            var word = args[i];
            if (word.Length < 2 || word[0] != '-' || word == "--") break;
            var name = word[(word[1] == '-' ? 2 : 1)..];
            if (name.Length == 0 || name[0] is '-' or '=') throw new UsageException($"bad flag syntax: {word}");

            var equals = name.IndexOf('=');
            var value = equals < 0 ? null : name[(equals + 1)..];
            if (equals >= 0) name = name[..equals];
            if (!FlagTable.ByName.TryGetValue(name, out var flag))
            {
                if (name is "help" or "h") throw new UsageException(null);
                throw new UsageException($"flag provided but not defined: -{name}");
            }

            if (flag.Kind == FlagKind.Switch) value ??= "true";
            else if (value is null && ++i < args.Length) value = args[i];
            values.Add(new FlagValue(flag, Read(flag, value ?? throw new UsageException($"flag needs an argument: -{name}"))));
        }

        return values;
    }

    private static object Read(Flag flag, string value)
    {
        try
        {
            return flag.Parse(value);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new UsageException(flag.Kind == FlagKind.Switch
                ? $"invalid boolean value \"{value}\" for -{flag.Name}: {e.Message}"
                : $"invalid value \"{value}\" for flag -{flag.Name}: {e.Message}");
        }
    }
}
