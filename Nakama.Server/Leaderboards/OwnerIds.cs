using Nakama.Server.Security;

namespace Nakama.Server.Leaderboards;

/// <summary>The owners that a list is asked about.</summary>
public static class OwnerIds
{
    /// <exception cref="Errors.ApiError">One of them is no id.</exception>
    public static Guid[] Read(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return [];
        var ids = new Guid[texts.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            if (!UuidText.TryParse(texts[i], out ids[i])) throw LeaderboardErrors.OwnerIds;
        }

        return ids;
    }
}
