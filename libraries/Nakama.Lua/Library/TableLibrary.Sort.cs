namespace Nakama.Lua.Library;

/// <content>Sorting, with a comparison that may be inconsistent.</content>
internal static partial class TableLibrary
{
    private static int Sort(LuaCall call)
    {
        var table = call.CheckTable(1);
        var comparer = call.Count < 2 ? null : call.CheckFunction(2);
        RefuseReadOnly(call, table);
        // Sorts a copy, because the comparison may change the table.
        var values = table.Array.ToArray();
        SortValues(call, comparer, values);
        for (var index = 0; index < values.Length; index++) table.SetInteger(index + 1, values[index]);
        return 0;
    }

    private static void SortValues(LuaCall call, LuaFunction? comparer, Span<LuaValue> values)
    {
        while (values.Length > 12)
        {
            call.Charge(values.Length);
            var middle = Partition(call, comparer, values);
            // Recursion only into the smaller part keeps the depth logarithmic.
            if (middle < values.Length / 2)
            {
                SortValues(call, comparer, values[..middle]);
                values = values[(middle + 1)..];
            }
            else
            {
                SortValues(call, comparer, values[(middle + 1)..]);
                values = values[..middle];
            }
        }
        for (var index = 1; index < values.Length; index++)
        {
            var value = values[index];
            var place = index;
            while (place > 0 && IsBefore(call, comparer, value, values[place - 1]))
            {
                values[place] = values[place - 1];
                place--;
            }
            values[place] = value;
        }
    }

    private static int Partition(LuaCall call, LuaFunction? comparer, Span<LuaValue> values)
    {
        var last = values.Length - 1;
        // The median of three is moved to the end as the pivot.
        var middle = last / 2;
        if (IsBefore(call, comparer, values[middle], values[0])) Swap(values, middle, 0);
        if (IsBefore(call, comparer, values[last], values[0])) Swap(values, last, 0);
        if (IsBefore(call, comparer, values[middle], values[last])) Swap(values, middle, last);
        var pivot = values[last];
        var low = 0;
        var high = last;
        while (true)
        {
            while (low < high && IsBefore(call, comparer, values[low], pivot)) low++;
            do high--;
            while (high > low && IsBefore(call, comparer, pivot, values[high]));
            if (low >= high) break;
            Swap(values, low, high);
            low++;
        }
        Swap(values, low, last);
        return low;
    }

    private static void Swap(Span<LuaValue> values, int left, int right) => (values[left], values[right]) = (values[right], values[left]);

    private static bool IsBefore(LuaCall call, LuaFunction? comparer, in LuaValue left, in LuaValue right)
    {
        if (comparer is not null) return call.Machine.CallMeta(call.Thread, comparer, left, right).IsTruthy;
        return left.IsNumber && right.IsNumber ? left.Double < right.Double : call.Machine.IsLess(call.Thread, left, right);
    }
}
