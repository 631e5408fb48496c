using Nakama.Server.Security;

namespace Nakama.Server.Leaderboards;

/// <summary>Reads the owners of a list request.</summary>
public static class OwnerIds
{
    private const int MaxAround = 100;

    /// <summary>Returns the owner whose neighbours are requested, after checking the limit.</summary>
    /// <exception cref="Errors.ApiException">The limit is out of range, or there is no owner.</exception>
    public static Guid ReadAround(uint? limit, string ownerId)
    {
        if (limit is < 1 or > MaxAround) throw LeaderboardErrors.AroundLimit;
        if (ownerId.Length == 0) throw LeaderboardErrors.AroundOwnerRequired;
        return UuidText.TryParse(ownerId, out var owner) ? owner : throw LeaderboardErrors.AroundOwner;
    }

    /// <exception cref="Errors.ApiException">One of them is not a valid id.</exception>
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
