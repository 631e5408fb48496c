using Nakama.Server.Config;

namespace Nakama.Tests.Configuration;

public sealed class Flags
{
    /// <summary>Name, kind (s text, i number, b switch, l list) and default of every flag of the reference server.</summary>
    private const string Reference = """
        name s nakama
        config l
        shutdown_grace_sec i 0
        data_dir s
        limit i -1
        logger.level s info
        logger.stdout b true
        logger.file s
        logger.rotation b false
        logger.max_size i 100
        logger.max_age i 0
        logger.max_backups i 0
        logger.local_time b false
        logger.compress b false
        logger.format s json
        metrics.reporting_freq_sec i 60
        metrics.namespace s
        metrics.prometheus_port i 0
        metrics.prefix s nakama
        metrics.custom_prefix s custom
        metrics.custom_scope_limit i 10000
        session.encryption_key s defaultencryptionkey
        session.token_expiry_sec i 60
        session.refresh_encryption_key s defaultrefreshencryptionkey
        session.refresh_token_expiry_sec i 3600
        session.single_socket b false
        session.single_match b false
        session.single_party b false
        session.single_session b false
        socket.server_key s defaultkey
        socket.port i 7350
        socket.address s
        socket.rudp_port i 0
        socket.protocol s tcp
        socket.max_message_size_bytes i 4096
        socket.max_request_size_bytes i 262144
        socket.read_buffer_size_bytes i 4096
        socket.write_buffer_size_bytes i 4096
        socket.read_timeout_ms i 10000
        socket.write_timeout_ms i 10000
        socket.idle_timeout_ms i 60000
        socket.write_wait_ms i 5000
        socket.pong_wait_ms i 25000
        socket.ping_period_ms i 15000
        socket.ping_backoff_threshold i 20
        socket.close_ack_wait_ms i 2000
        socket.outgoing_queue_size i 64
        socket.ssl_certificate s
        socket.ssl_private_key s
        socket.response_headers l
        socket.proxy_count i 1
        database.address l root@localhost:26257
        database.conn_max_lifetime_ms i 3600000
        database.max_open_conns i 100
        database.max_idle_conns i 100
        database.dns_scan_interval_sec i 60
        social.steam.publisher_key s
        social.steam.app_id i 0
        social.facebook_instant_game.app_secret s
        social.facebook_limited_login.app_id s
        social.apple.bundle_id s
        runtime.env l
        runtime.path s
        runtime.http_key s defaulthttpkey
        runtime.min_count i 0
        runtime.max_count i 0
        runtime.call_stack_size i 0
        runtime.registry_size i 0
        runtime.lua_min_count i 16
        runtime.lua_max_count i 48
        runtime.lua_call_stack_size i 128
        runtime.lua_registry_size i 512
        runtime.js_min_count i 16
        runtime.js_max_count i 32
        runtime.event_queue_size i 65536
        runtime.event_queue_workers i 8
        runtime.read_only_globals b true
        runtime.lua_read_only_globals b true
        runtime.js_read_only_globals b true
        runtime.lua_api_stacktrace b false
        runtime.js_entrypoint s
        match.input_queue_size i 128
        match.call_queue_size i 128
        match.signal_queue_size i 10
        match.join_attempt_queue_size i 128
        match.deferred_queue_size i 128
        match.join_marker_deadline_ms i 15000
        match.max_empty_sec i 0
        match.label_update_interval_ms i 1000
        tracker.event_queue_size i 1024
        console.port i 7351
        console.address s
        console.max_message_size_bytes i 4194304
        console.read_timeout_ms i 10000
        console.write_timeout_ms i 60000
        console.idle_timeout_ms i 300000
        console.username s admin
        console.password s password
        console.token_expiry_sec i 86400
        console.signing_key s defaultsigningkey
        console.disable_display_name_search b false
        leaderboard.blacklist_rank_cache l
        leaderboard.callback_queue_size i 65536
        leaderboard.callback_queue_workers i 8
        leaderboard.rank_cache_workers i 1
        matchmaker.max_tickets i 3
        matchmaker.interval_sec i 15
        matchmaker.max_intervals i 2
        matchmaker.rev_precision b false
        matchmaker.rev_threshold i 1
        iap.apple.shared_password s
        iap.apple.notifications_endpoint_id s
        iap.google.client_email s
        iap.google.private_key s
        iap.google.notifications_endpoint_id s
        iap.google.refund_check_period_min i 0
        iap.google.package_name s
        iap.huawei.public_key s
        iap.huawei.client_id s
        iap.huawei.client_secret s
        iap.facebook_instant.app_secret s
        iap.samsung.package_name s
        google_auth.credentials_json s
        satori.url s
        satori.api_key_name s
        satori.api_key s
        satori.signing_key s
        satori.server_key s
        satori.cache_enabled b false
        satori.cache_disabled b false
        satori.cache_mode s context
        satori.cache_ttl_sec i 300
        satori.http_timeout_ms i 10000
        satori.retry_count i 0
        storage.disable_index_only b false
        mfa.storage_encryption_key s the-key-has-to-be-32-bytes-long!
        mfa.admin_account_enabled b false
        party.label_update_interval_ms i 1000
        party.idle_check_interval_ms i 30000
        """;

    /// <summary>Flags that the reference server does not have.</summary>
    private static readonly HashSet<string> Own =
    [
        "social.apple.audiences", "social.apple.address", "social.facebook.app_ids", "social.facebook.address",
        "social.facebook_limited_login.address", "social.facebook_instant_game.max_age_sec", "social.game_center.bundle_ids",
        "social.game_center.max_age_sec", "social.game_center.authorities", "social.game_center.address", "social.steam.address",
        "google_auth.audiences", "google_auth.address",
        "iap.apple.bundle_id", "iap.apple.root_certificate", "iap.apple.receipt_address", "iap.apple.sandbox_receipt_address",
        "iap.google.address", "iap.google.token_address", "iap.huawei.order_address", "iap.huawei.app_touch_address",
        "iap.huawei.token_address", "iap.samsung.address", "storage.index_lucene_min_entries",
        "matchmaker.max_adds_per_sec", "metrics.prometheus_address", "socket.max_connections", "socket.max_connections_per_address",
        "socket.max_requests_per_sec_per_address", "socket.max_requests_per_sec_per_user", "socket.max_requests_per_sec_per_connection",
        "socket.max_messages_per_sec_per_address", "socket.max_messages_per_sec_per_user", "socket.max_messages_per_sec_per_connection",
        "runtime.http_denied_addresses", "runtime.call_queue_size", "runtime.js_call_timeout_ms", "runtime.js_call_memory_mb", "runtime.js_retained_memory_mb", "runtime.call_queue_wait_ms",
        "runtime.job_workers", "runtime.job_lease_sec", "runtime.job_timeout_sec", "runtime.hot_reload", "socket.trusted_proxies",
        "console.import_max_bytes", "console.oidc.issuer", "console.oidc.client_id", "console.oidc.role_claim", "console.oidc.role_templates",
        "console.oidc.admin_role", "console.oidc.only",
        "console.search_max_mb", "console.history.max_age_sec", "console.history.max_entries_per_object",
        "cluster.enabled", "cluster.host", "cluster.address", "cluster.port", "cluster.join", "cluster.secret", "cluster.ssl_certificate",
        "cluster.ssl_private_key", "cluster.ssl_authority", "match.place_by_load",
    ];

    [Fact]
    public void Flags_of_our_own_exist() => Assert.All(Own, name => Assert.Contains(name, FlagTable.ByName));

    [Fact]
    public void Every_flag_of_the_reference_is_here_with_its_kind_and_default()
    {
        var defaults = new NakamaOptions();
        var ours = FlagTable.ByName.Values.Where(flag => !flag.IsIgnored && !Own.Contains(flag.Name)).Select(flag => $"{flag.Name} {Kind(flag)} {Value(flag.Get(defaults))}".TrimEnd());

        Assert.Equal(Reference.ReplaceLineEndings("\n").Split('\n').Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Flags_that_mean_nothing_are_still_understood() => Assert.Equal(
        [
            "console.mfa.admin_account_enabled", "console.mfa.storage_encryption_key", "google_auth.-.clientid", "google_auth.-.clientsecret",
            "google_auth.-.endpoint.authstyle", "google_auth.-.endpoint.authurl", "google_auth.-.endpoint.deviceauthurl",
            "google_auth.-.endpoint.tokenurl", "google_auth.-.redirecturl", "google_auth.-.scopes",
        ],
        FlagTable.ByName.Values.Where(flag => flag.IsIgnored).Select(flag => flag.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_usage_text_names_every_flag_and_what_it_is_for()
    {
        var text = Usage.Text();

        Assert.All(FlagTable.ByName.Keys, name => Assert.Contains($"\n  -{name}", text, StringComparison.Ordinal));
        Assert.Contains("(default 7350)", text, StringComparison.Ordinal);
        Assert.Contains("Key of session tokens", text, StringComparison.OrdinalIgnoreCase);
    }

    private static char Kind(Flag flag) => flag.Kind switch { FlagKind.Text => 's', FlagKind.Number => 'i', FlagKind.Switch => 'b', _ => 'l' };

    private static string Value(object? value) => value switch
    {
        bool isOn => isOn ? "true" : "false",
        IReadOnlyList<string> list => string.Join(',', list),
        _ => $"{value}",
    };
}
