using Nakama.Server.Security;

namespace Nakama.Server.Leaderboards;

/// <summary>The owners that a list is asked about.</summary>
public static class OwnerIds
{
    private const int MaxAround = 100;

    /// <summary>The owner whose neighbours are asked for, once the length of the list is checked.</summary>
    /// <exception cref="Errors.ApiException">The length is out of its bounds, or there is no owner.</exception>
    public static Guid ReadAround(uint? limit, string ownerId)
    {
        if (limit is < 1 or > MaxAround) throw LeaderboardErrors.AroundLimit;
        if (ownerId.Length == 0) throw LeaderboardErrors.AroundOwnerRequired;
        return UuidText.TryParse(ownerId, out var owner) ? owner : throw LeaderboardErrors.AroundOwner;
    }

    /// <exception cref="Errors.ApiException">One of them is no id.</exception>
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
