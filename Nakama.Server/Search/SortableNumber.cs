namespace Nakama.Server.Search;

/// <summary>
/// Encodes numbers as integers with the same order. Dates are nanoseconds since the epoch in the same columns; the query
/// language has always compared them with numbers, too.
/// </summary>
internal static class SortableNumber
{
    public static long Of(double number)
    {
        // Negative zero equals zero.
        var bits = BitConverter.DoubleToInt64Bits(number + 0.0);
        return bits >= 0 ? bits : bits ^ long.MaxValue;
    }

    /// <summary>The number of an encoded one.</summary>
    public static double ToDouble(long encoded) => BitConverter.Int64BitsToDouble(encoded >= 0 ? encoded : encoded ^ long.MaxValue);
}
