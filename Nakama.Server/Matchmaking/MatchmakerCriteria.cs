using Nakama.Protocol.Realtime;

namespace Nakama.Server.Matchmaking;

/// <summary>The validated criteria of a client for its match.</summary>
public sealed record MatchmakerCriteria
{
    private MatchmakerCriteria()
    {
    }

    public required int MinCount { get; init; }

    public required int MaxCount { get; init; }

    /// <summary>The number of players must be a multiple of this; 1 for any.</summary>
    public required int CountMultiple { get; init; }

    /// <summary>The text of the query; not read yet.</summary>
    public required string Query { get; init; }

    public required MatchmakerProperties<string> StringProperties { get; init; }

    public required MatchmakerProperties<double> NumericProperties { get; init; }

    /// <exception cref="Realtime.RealtimeException">The counts are inconsistent.</exception>
    public static MatchmakerCriteria Of(MatchmakerAdd add) =>
        Check(add.MinCount, add.MaxCount, add.CountMultiple, add.Query, add.StringProperties, add.NumericProperties);

    /// <exception cref="Realtime.RealtimeException">The counts are inconsistent.</exception>
    public static MatchmakerCriteria Of(PartyMatchmakerAdd add) =>
        Check(add.MinCount, add.MaxCount, add.CountMultiple, add.Query, add.StringProperties, add.NumericProperties);

    /// <summary>Validates the counts and copies the maps.</summary>
    /// <exception cref="Realtime.RealtimeException">The counts are inconsistent.</exception>
    public static MatchmakerCriteria Check(
        int minCount,
        int maxCount,
        int? countMultiple,
        string query,
        IReadOnlyDictionary<string, string> stringProperties,
        IReadOnlyDictionary<string, double> numericProperties)
    {
        if (minCount < 2) throw MatchmakerErrors.MinCount;
        if (maxCount < minCount) throw MatchmakerErrors.MaxCount;
        var multiple = countMultiple ?? 1;
        if (multiple < 1) throw MatchmakerErrors.CountMultiple;
        if (minCount % multiple != 0) throw MatchmakerErrors.MinCountMultiple;
        if (maxCount % multiple != 0) throw MatchmakerErrors.MaxCountMultiple;
        return new()
        {
            MinCount = minCount,
            MaxCount = maxCount,
            CountMultiple = multiple,
            Query = query,
            StringProperties = PropertiesOf(stringProperties),
            NumericProperties = PropertiesOf(numericProperties),
        };
    }

    private static MatchmakerProperties<T> PropertiesOf<T>(IReadOnlyDictionary<string, T> properties) =>
        properties.Count == 0 ? MatchmakerProperties<T>.None : new(properties);
}
