using System.Globalization;
using Nakama.Server.Friends;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Reads the paging arguments of modules.</summary>
internal static class PageArguments
{
    private const int MaxRandom = 1000;

    /// <summary>The number of rows in a page, at least one.</summary>
    public static int Limit(this FunctionCall call, int parameter, int most) =>
        call.Whole(parameter) is >= 1 and var limit && limit <= most
            ? (int)limit
            : throw call.Refuse(parameter, string.Create(CultureInfo.InvariantCulture, $"expects limit to be 1-{most}"));

    /// <summary>The requested state of the edges; null for any, which modules may also write as -1.</summary>
    public static short? State(this FunctionCall call, int parameter, int last)
    {
        if (!call.Has(parameter) || call.Whole(parameter) == -1) return null;
        return call.Whole(parameter) is >= 0 and var state && state <= last
            ? (short)state
            : throw call.Refuse(parameter, string.Create(CultureInfo.InvariantCulture, $"expects state to be 0-{last}"));
    }

    /// <summary>The edge at which a page begins.</summary>
    /// <param name="call">The call.</param>
    /// <param name="parameter">The parameter of the cursor.</param>
    /// <param name="state">The requested state, which the cursor must match.</param>
    /// <param name="failure">The part of the message before the colon when the cursor is invalid.</param>
    public static EdgeCursor Edge(this FunctionCall call, int parameter, short? state, LanguageText failure)
    {
        var text = call.Text(parameter);
        if (text.Length == 0) return EdgeCursor.Start;
        return EdgeCursor.Parse(text) is { } from && (state is null || state == from.State) ? from : throw Attempt.Fault(failure, "cursor is invalid");
    }

    /// <summary>The number of random items to return.</summary>
    public static int RandomCount(this FunctionCall call, int parameter) =>
        call.Whole(parameter) is >= 0 and <= MaxRandom and var count ? (int)count : throw call.Refuse(parameter, "count must be 0-1000");

    /// <summary>A page whose cursor JavaScript only finds when there is a further page.</summary>
    public static ScriptValue Page(this FunctionCall call, List<ScriptValue> rows, string cursor, string name)
    {
        if (call.Language != ScriptLanguage.JavaScript) return ScriptValue.Results(ScriptValue.Of(rows), Cursor(cursor));
        return ScriptValue.Of(new ScriptRecord(2).Add(name, ScriptValue.Of(rows)).AddIfSet("cursor", cursor));
    }

    /// <summary>A cursor in its form for modules: null when there is no further page.</summary>
    public static ScriptValue Cursor(string cursor) => ScriptValue.Of(cursor.Length == 0 ? null : cursor);
}
