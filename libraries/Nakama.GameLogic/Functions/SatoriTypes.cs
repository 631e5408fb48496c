namespace Nakama.GameLogic.Functions;

/// <summary>The properties of an identity.</summary>
/// <param name="Default">Those that Satori knows itself.</param>
/// <param name="Custom">Those of the game.</param>
/// <param name="Computed">Those that Satori computes.</param>
public sealed record SatoriProperties(
    IReadOnlyDictionary<string, string> Default, IReadOnlyDictionary<string, string> Custom, IReadOnlyDictionary<string, string> Computed);

/// <summary>A change of properties; what is null stays as it is.</summary>
public sealed record SatoriPropertiesChange
{
    /// <summary>Properties that Satori knows itself.</summary>
    public IReadOnlyDictionary<string, string>? Default { get; init; }

    /// <summary>Properties of the game.</summary>
    public IReadOnlyDictionary<string, string>? Custom { get; init; }

    /// <summary>Whether audiences are computed again; null leaves it to Satori.</summary>
    public bool? Recompute { get; init; }
}

/// <summary>Something that an identity has done.</summary>
/// <param name="Name">The name of the event.</param>
public record SatoriEvent(string Name)
{
    /// <summary>An id, so that the event counts once; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>The value of the event; null for none.</summary>
    public string? Value { get; init; }

    /// <summary>Whatever else belongs to the event; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>When it happened, in whole seconds; null for now.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}

/// <summary>An event that this server publishes for any identity.</summary>
/// <param name="Name">The name of the event.</param>
public sealed record SatoriServerEvent(string Name) : SatoriEvent(Name)
{
    /// <summary>The identity; null for none.</summary>
    public string? IdentityId { get; init; }

    /// <summary>The session of the identity; null for none.</summary>
    public string? SessionId { get; init; }

    /// <summary>When the session began, in whole seconds; null when it is not known.</summary>
    public DateTimeOffset? SessionIssuedAt { get; init; }

    /// <summary>When the session expires, in whole seconds; null when it is not known.</summary>
    public DateTimeOffset? SessionExpiresAt { get; init; }
}

/// <summary>An experiment of which an identity is a part.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value of the identity's variant.</param>
public sealed record SatoriExperiment(string Name, string Value);

/// <summary>A feature flag.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value for the identity.</param>
/// <param name="IsConditionChanged">Whether the value differs from the default one.</param>
/// <param name="ChangeReason">Why it differs; null when Satori does not say.</param>
public sealed record SatoriFlag(string Name, string Value, bool IsConditionChanged, SatoriFlagChangeReason? ChangeReason);

/// <summary>What has given a flag another value.</summary>
/// <param name="Name">The name of what did.</param>
/// <param name="VariantName">The name of the variant; empty for none.</param>
/// <param name="Type">The kind, a number of Satori.</param>
public sealed record SatoriFlagChangeReason(string Name, string VariantName, int Type);

/// <summary>What overrides a flag.</summary>
/// <param name="FlagName">The name of the flag.</param>
/// <param name="Overrides">The overrides.</param>
public sealed record SatoriFlagOverrides(string FlagName, IReadOnlyList<SatoriFlagOverride> Overrides);

/// <summary>One override of a flag.</summary>
/// <param name="Name">The name of what overrides it.</param>
/// <param name="Type">The kind, a number of Satori.</param>
/// <param name="VariantName">The name of the variant; empty for none.</param>
/// <param name="Value">The value.</param>
/// <param name="CreateTime">When the override was made.</param>
public sealed record SatoriFlagOverride(string Name, int Type, string VariantName, string Value, DateTimeOffset CreateTime);

/// <summary>The live events to list.</summary>
public sealed record SatoriLiveEventFilter
{
    /// <summary>Only live events of these names; null for all.</summary>
    public IReadOnlyCollection<string>? Names { get; init; }

    /// <summary>Only live events with these labels; null for all.</summary>
    public IReadOnlyCollection<string>? Labels { get; init; }

    /// <summary>How many past runs are listed.</summary>
    public int PastRunCount { get; init; }

    /// <summary>How many future runs are listed.</summary>
    public int FutureRunCount { get; init; }

    /// <summary>Only runs after this time; null for all.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Only runs before this time; null for all.</summary>
    public DateTimeOffset? EndTime { get; init; }
}

/// <summary>The live events of an identity.</summary>
/// <param name="LiveEvents">Those in which it takes part.</param>
/// <param name="ExplicitJoinLiveEvents">Those that it can join.</param>
public sealed record SatoriLiveEvents(IReadOnlyList<SatoriLiveEvent> LiveEvents, IReadOnlyList<SatoriLiveEvent> ExplicitJoinLiveEvents);

/// <summary>A live event.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Value">The value for the identity.</param>
/// <param name="Description">The description.</param>
/// <param name="ActiveStartTime">When the current run begins.</param>
/// <param name="ActiveEndTime">When the current run ends.</param>
/// <param name="StartTime">When the first run begins.</param>
/// <param name="EndTime">When the last run ends; the epoch for never.</param>
/// <param name="Duration">How long a run takes.</param>
/// <param name="ResetSchedule">When it runs again, in cron notation; empty for never.</param>
/// <param name="Status">The state, a number of Satori.</param>
public sealed record SatoriLiveEvent(
    string Id, string Name, string Value, string Description, DateTimeOffset ActiveStartTime, DateTimeOffset ActiveEndTime, DateTimeOffset StartTime,
    DateTimeOffset EndTime, TimeSpan Duration, string ResetSchedule, int Status);

/// <summary>A page of messages.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="NextCursor">Continues after this page; null at the end.</param>
/// <param name="PreviousCursor">Leads to the page before; null at the beginning.</param>
public sealed record SatoriMessagePage(IReadOnlyList<SatoriMessage> Messages, string? NextCursor, string? PreviousCursor);

/// <summary>A message to an identity.</summary>
/// <param name="Id">The id.</param>
/// <param name="ScheduleId">The schedule that sent it.</param>
/// <param name="Title">The title.</param>
/// <param name="Text">The text.</param>
/// <param name="ImageUrl">The address of an image; empty for none.</param>
/// <param name="Metadata">Whatever else belongs to the message.</param>
/// <param name="SendTime">When it was sent.</param>
/// <param name="CreateTime">When it was created.</param>
/// <param name="UpdateTime">When it was changed.</param>
/// <param name="ReadTime">When it was read; the epoch for never.</param>
/// <param name="ConsumeTime">When it was consumed; the epoch for never.</param>
public sealed record SatoriMessage(
    string Id, string ScheduleId, string Title, string Text, string ImageUrl, IReadOnlyDictionary<string, string> Metadata, DateTimeOffset SendTime,
    DateTimeOffset CreateTime, DateTimeOffset UpdateTime, DateTimeOffset ReadTime, DateTimeOffset ConsumeTime);
