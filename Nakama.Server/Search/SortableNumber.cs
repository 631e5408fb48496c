namespace Nakama.Server.Search;

/// <summary>
/// Numbers as integers that have the same order. Dates are nanoseconds since the epoch and stand in the same columns; that
/// a comparison with a number also compares them is how the query language has always been.
/// </summary>
internal static class SortableNumber
{
    public static long Of(double number)
    {
        // Both zeros are one number.
        var bits = BitConverter.DoubleToInt64Bits(number + 0.0);
        return bits >= 0 ? bits : bits ^ long.MaxValue;
    }
}
