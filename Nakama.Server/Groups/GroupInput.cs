using Google.Protobuf.Collections;
using Nakama.Server.Friends;
using Nakama.Server.Security;

namespace Nakama.Server.Groups;

/// <summary>Reads the parameters that the group methods have in common.</summary>
internal static class GroupInput
{
    private const int MaxLimit = 100;

    /// <exception cref="Errors.ApiException">It is missing or not a valid id.</exception>
    public static Guid GroupId(string text)
    {
        if (text.Length == 0) throw GroupErrors.IdRequired;
        return UuidText.TryParse(text, out var id) ? id : throw GroupErrors.BadId;
    }

    /// <exception cref="Errors.ApiException">One of them is not a valid id.</exception>
    public static Guid[] UserIds(RepeatedField<string> texts)
    {
        var ids = new Guid[texts.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            if (!UuidText.TryParse(texts[i], out ids[i]) || ids[i] == Guid.Empty) throw GroupErrors.BadUserId;
        }
        return ids;
    }

    /// <summary>The start and the length of a list.</summary>
    /// <exception cref="Errors.ApiException">A value is out of bounds, or the cursor is invalid.</exception>
    public static (int Limit, GroupState? State, EdgeCursor From) Page(int? limit, int? state, string cursor)
    {
        if (limit is < 1 or > MaxLimit) throw GroupErrors.Limit;
        if (state is < (int)GroupState.Superadmin or > (int)GroupState.Banned) throw GroupErrors.State;
        var from = EdgeCursor.Start;
        if (cursor.Length > 0)
        {
            from = EdgeCursor.Parse(cursor) ?? throw GroupErrors.Cursor;
            if (state is not null && state != from.State) throw GroupErrors.Cursor;
        }
        return (limit ?? MaxLimit, (GroupState?)(short?)state, from);
    }
}
