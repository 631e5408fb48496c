using System.Globalization;
using Nakama.Server.Friends;

namespace Nakama.Server.Runtime.Functions;

/// <summary>How modules ask for a part of a list.</summary>
internal static class PageArguments
{
    private const int MaxRandom = 1000;

    /// <summary>How many rows a page may have, from one on.</summary>
    public static int Limit(this FunctionCall call, int parameter, int most) =>
        call.Whole(parameter) is >= 1 and var limit && limit <= most
            ? (int)limit
            : throw call.Refuse(parameter, string.Create(CultureInfo.InvariantCulture, $"expects limit to be 1-{most}"));

    /// <summary>The state of the edges asked for; null for any, which modules also write as -1.</summary>
    public static short? State(this FunctionCall call, int parameter, int last)
    {
        if (!call.Has(parameter) || call.Whole(parameter) == -1) return null;
        return call.Whole(parameter) is >= 0 and var state && state <= last
            ? (short)state
            : throw call.Refuse(parameter, string.Create(CultureInfo.InvariantCulture, $"expects state to be 0-{last}"));
    }

    /// <summary>The edge that a page begins with.</summary>
    /// <param name="call">The call.</param>
    /// <param name="parameter">Where the cursor is.</param>
    /// <param name="state">The state asked for, which a cursor must be of.</param>
    /// <param name="failure">What stands before the colon when it is no such cursor.</param>
    public static EdgeCursor Edge(this FunctionCall call, int parameter, short? state, LanguageText failure)
    {
        var text = call.Text(parameter);
        if (text.Length == 0) return EdgeCursor.Start;
        return EdgeCursor.Parse(text) is { } from && (state is null || state == from.State) ? from : throw Attempt.Fault(failure, "cursor is invalid");
    }

    /// <summary>How many of something to take by chance.</summary>
    public static int RandomCount(this FunctionCall call, int parameter) =>
        call.Whole(parameter) is >= 0 and <= MaxRandom and var count ? (int)count : throw call.Refuse(parameter, "count must be 0-1000");

    /// <summary>A cursor as modules see it: nothing when nothing follows.</summary>
    public static ScriptValue Cursor(string cursor) => ScriptValue.Of(cursor.Length == 0 ? null : cursor);
}
