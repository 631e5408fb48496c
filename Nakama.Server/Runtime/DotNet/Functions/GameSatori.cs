using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="ISatori"/>
internal sealed class GameSatori(GameFunctionCaller caller) : GameFunctionGroup(caller), ISatori
{
    public async Task<SatoriProperties> AuthenticateAsync(
        string identityId, IReadOnlyDictionary<string, string>? defaultProperties, IReadOnlyDictionary<string, string>? customProperties, bool startsNoSession,
        string? ip, CancellationToken cancellationToken) =>
        SatoriResults.Properties(await CallAsync(
            "satori_authenticate", [Text(identityId), Map(defaultProperties), Map(customProperties), Flag(startsNoSession), Text(ip)], cancellationToken));

    public Task DeleteIdentityAsync(string identityId, CancellationToken cancellationToken) =>
        CallAsync("satori_identity_delete", [Text(identityId)], cancellationToken);

    public async Task<SatoriProperties> GetPropertiesAsync(string identityId, CancellationToken cancellationToken) =>
        SatoriResults.Properties(await CallAsync("satori_properties_get", [Text(identityId)], cancellationToken));

    public Task UpdatePropertiesAsync(string identityId, SatoriPropertiesChange change, CancellationToken cancellationToken) =>
        CallAsync("satori_properties_update", [Text(identityId), Row(change)], cancellationToken);

    public Task PublishEventsAsync(string identityId, IReadOnlyCollection<SatoriEvent> events, string? ip, CancellationToken cancellationToken) =>
        CallAsync("satori_events_publish", [Text(identityId), Rows(events), Text(ip)], cancellationToken);

    public Task PublishServerEventsAsync(IReadOnlyCollection<SatoriServerEvent> events, string? ip, CancellationToken cancellationToken) =>
        CallAsync("satori_server_events_publish", [Rows(events), Text(ip)], cancellationToken);

    public async Task<IReadOnlyList<SatoriExperiment>> ListExperimentsAsync(
        string identityId, IReadOnlyCollection<string>? names, IReadOnlyCollection<string>? labels, CancellationToken cancellationToken) =>
        SatoriResults.Experiments(await CallAsync("satori_experiments_list", [Text(identityId), TextsIfAny(names), TextsIfAny(labels)], cancellationToken));

    public async Task<IReadOnlyList<SatoriFlag>> ListFlagsAsync(
        string? identityId, IReadOnlyCollection<string>? names, IReadOnlyCollection<string>? labels, CancellationToken cancellationToken) =>
        SatoriResults.Flags(await CallAsync("satori_flags_list", [Text(identityId), TextsIfAny(names), TextsIfAny(labels)], cancellationToken));

    public async Task<IReadOnlyList<SatoriFlagOverrides>> ListFlagOverridesAsync(
        string? identityId, IReadOnlyCollection<string>? names, IReadOnlyCollection<string>? labels, CancellationToken cancellationToken) =>
        SatoriResults.FlagOverrides(await CallAsync("satori_flags_overrides_list", [Text(identityId), TextsIfAny(names), TextsIfAny(labels)], cancellationToken));

    public async Task<SatoriLiveEvents> ListLiveEventsAsync(string identityId, SatoriLiveEventFilter? filter, CancellationToken cancellationToken) =>
        SatoriResults.LiveEvents(await CallAsync(
            "satori_live_events_list",
            [
                Text(identityId), TextsIfAny(filter?.Names), TextsIfAny(filter?.Labels), Whole(filter?.PastRunCount), Whole(filter?.FutureRunCount),
                Instant(filter?.StartTime), Instant(filter?.EndTime),
            ],
            cancellationToken));

    public Task JoinLiveEventAsync(string identityId, string liveEventId, CancellationToken cancellationToken) =>
        CallAsync("satori_live_event_join", [Text(identityId), Text(liveEventId)], cancellationToken);

    public async Task<SatoriMessagePage> ListMessagesAsync(
        string identityId, int limit, bool forward, string? cursor, IReadOnlyCollection<string>? messageIds, CancellationToken cancellationToken) =>
        SatoriResults.Messages(await CallAsync(
            "satori_messages_list", [Text(identityId), Whole(limit), Flag(forward), Text(cursor), TextsIfAny(messageIds)], cancellationToken));

    public Task UpdateMessageAsync(
        string identityId, string messageId, DateTimeOffset readTime, DateTimeOffset? consumeTime, CancellationToken cancellationToken) =>
        CallAsync("satori_message_update", [Text(identityId), Text(messageId), Instant(readTime), Instant(consumeTime)], cancellationToken);

    public Task DeleteMessageAsync(string identityId, string messageId, CancellationToken cancellationToken) =>
        CallAsync("satori_message_delete", [Text(identityId), Text(messageId)], cancellationToken);
}
