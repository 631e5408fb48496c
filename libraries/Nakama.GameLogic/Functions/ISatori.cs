namespace Nakama.GameLogic.Functions;

/// <summary>The configured Satori server: its identities, flags, experiments, live events and messages.</summary>
public interface ISatori
{
    /// <summary>Creates an identity or updates its properties.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="defaultProperties">Properties that Satori knows itself; null for none.</param>
    /// <param name="customProperties">Properties of the game; null for none.</param>
    /// <param name="startsNoSession">Whether Satori counts no session for it.</param>
    /// <param name="ip">The address of the player; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>All properties of the identity.</returns>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_authenticate")]
    Task<SatoriProperties> AuthenticateAsync(
        string identityId, IReadOnlyDictionary<string, string>? defaultProperties = null, IReadOnlyDictionary<string, string>? customProperties = null, bool startsNoSession = true, string? ip = null,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_identity_delete")]
    Task DeleteIdentityAsync(string identityId, CancellationToken cancellationToken = default);

    /// <summary>The properties of an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The properties.</returns>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_properties_get")]
    Task<SatoriProperties> GetPropertiesAsync(string identityId, CancellationToken cancellationToken = default);

    /// <summary>Updates properties of an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="change">What changes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_properties_update")]
    Task UpdatePropertiesAsync(string identityId, SatoriPropertiesChange change, CancellationToken cancellationToken = default);

    /// <summary>Publishes events of an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="events">The events.</param>
    /// <param name="ip">The address of the player; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_events_publish")]
    Task PublishEventsAsync(
        string identityId, IReadOnlyCollection<SatoriEvent> events, string? ip = null,
        CancellationToken cancellationToken = default);

    /// <summary>Publishes events of any identities.</summary>
    /// <param name="events">The events.</param>
    /// <param name="ip">The address of the player; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_server_events_publish")]
    Task PublishServerEventsAsync(IReadOnlyCollection<SatoriServerEvent> events, string? ip = null, CancellationToken cancellationToken = default);

    /// <summary>The experiments of an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="names">Only experiments of these names; null for all.</param>
    /// <param name="labels">Only experiments with these labels; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The experiments.</returns>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_experiments_list")]
    Task<IReadOnlyList<SatoriExperiment>> ListExperimentsAsync(
        string identityId, IReadOnlyCollection<string>? names = null, IReadOnlyCollection<string>? labels = null,
        CancellationToken cancellationToken = default);

    /// <summary>The feature flags of an identity.</summary>
    /// <param name="identityId">The identity; null for the default flags.</param>
    /// <param name="names">Only flags of these names; null for all.</param>
    /// <param name="labels">Only flags with these labels; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The flags.</returns>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_flags_list")]
    Task<IReadOnlyList<SatoriFlag>> ListFlagsAsync(
        string? identityId, IReadOnlyCollection<string>? names = null, IReadOnlyCollection<string>? labels = null,
        CancellationToken cancellationToken = default);

    /// <summary>What overrides the flags of an identity.</summary>
    /// <param name="identityId">The identity; null for the default flags.</param>
    /// <param name="names">Only flags of these names; null for all.</param>
    /// <param name="labels">Only flags with these labels; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The overrides by flag.</returns>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_flags_overrides_list")]
    Task<IReadOnlyList<SatoriFlagOverrides>> ListFlagOverridesAsync(
        string? identityId, IReadOnlyCollection<string>? names = null, IReadOnlyCollection<string>? labels = null,
        CancellationToken cancellationToken = default);

    /// <summary>The live events of an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="filter">Which live events; null for the current ones.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The live events.</returns>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_live_events_list")]
    Task<SatoriLiveEvents> ListLiveEventsAsync(
        string identityId, SatoriLiveEventFilter? filter = null,
        CancellationToken cancellationToken = default);

    /// <summary>Lets an identity take part in a live event.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="liveEventId">The live event.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_live_event_join")]
    Task JoinLiveEventAsync(string identityId, string liveEventId, CancellationToken cancellationToken = default);

    /// <summary>A page of the messages of an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="limit">The maximum number of messages, 1 to 1000.</param>
    /// <param name="forward">Whether the oldest come first.</param>
    /// <param name="cursor">A cursor of another page; null for the first.</param>
    /// <param name="messageIds">Only these messages; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page.</returns>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_messages_list")]
    Task<SatoriMessagePage> ListMessagesAsync(
        string identityId, int limit = 100, bool forward = false, string? cursor = null, IReadOnlyCollection<string>? messageIds = null,
        CancellationToken cancellationToken = default);

    /// <summary>Marks a message as read, and consumed.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="readTime">When it was read, in whole seconds.</param>
    /// <param name="consumeTime">When it was consumed, in whole seconds; null for not yet.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_message_update")]
    Task UpdateMessageAsync(
        string identityId, string messageId, DateTimeOffset readTime, DateTimeOffset? consumeTime = null,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes a message.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">Satori is not configured, cannot be reached, or refuses.</exception>
    [ServerFunction("satori_message_delete")]
    Task DeleteMessageAsync(string identityId, string messageId, CancellationToken cancellationToken = default);
}
