using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>
/// Reads <c>database.address</c>: <c>user:password@host:port/database?options</c> with an optional
/// <c>postgres://</c> or <c>postgresql://</c> in front, or a connection string of the form <c>Host=…;Database=…</c>.
/// </summary>
public static partial class DatabaseAddress
{
    private const string DefaultUser = "root";
    private const string DefaultDatabase = "nakama";
    private const string Separator = "://";

    /// <summary>Options that only other client libraries understand; they have nothing to say to the server.</summary>
    private static readonly HashSet<string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        "pool_max_conns", "pool_min_conns", "pool_min_idle_conns", "pool_max_conn_lifetime",
        "pool_max_conn_lifetime_jitter", "pool_max_conn_idle_time", "pool_health_check_period",
        "default_query_exec_mode", "statement_cache_capacity", "description_cache_capacity", "statement_cache_mode",
        "prefer_simple_protocol", "sslinline", "sslsni", "sslnegotiation", "gssencmode", "krbspn", "krbsrvname",
        "fallback_application_name", "min_read_buffer_size", "min_protocol_version", "max_protocol_version",
    };

    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["client_encoding"] = "Client Encoding",
        ["search_path"] = "Search Path",
        ["timezone"] = "Timezone",
        ["options"] = "Options",
        ["passfile"] = "Passfile",
        ["channel_binding"] = "Channel Binding",
    };

    /// <summary>Throws <see cref="FormatException"/> with a sentence when the address cannot be read.</summary>
    public static NpgsqlConnectionStringBuilder Parse(string address)
    {
        try
        {
            return IsConnectionString(address) ? new NpgsqlConnectionStringBuilder(address) : ParseUrl(address);
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or OverflowException)
        {
            // The exception may quote the address, and the address may hold the password.
            throw new FormatException($"database address is not understood: {e.GetType().Name}");
        }
    }

    /// <summary>The same address with another word where the password stands, that of a private key too.</summary>
    public static string Mask(string address, string mask)
    {
        if (IsConnectionString(address))
        {
            try
            {
                var text = new NpgsqlConnectionStringBuilder(address);
                if (text.Password is { Length: > 0 }) text.Password = mask;
                if (text.SslPassword is { Length: > 0 }) text.SslPassword = mask;
                return text.ConnectionString;
            }
            catch (ArgumentException)
            {
                return mask;
            }
        }

        address = PasswordOption().Replace(address, match => match.Groups[1].Value + mask);
        var start = address.IndexOf(Separator, StringComparison.Ordinal) is var at and >= 0 ? at + Separator.Length : 0;
        var end = AuthorityEnd(address, start);
        var host = address.LastIndexOf('@', end - 1, end - start);
        if (host < 0) return address;
        var colon = address.IndexOf(':', start, host - start);
        return colon < 0 ? address : string.Concat(address.AsSpan(0, colon + 1), mask, address.AsSpan(host));
    }

    private static bool IsConnectionString(string address) =>
        !address.Contains(Separator, StringComparison.Ordinal)
        && (address.StartsWith("Host=", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("Server=", StringComparison.OrdinalIgnoreCase)
            || (address.Contains(';') && address.IndexOfAny(['=', '@', '/']) is var at && at > 0 && address[at] == '='));

    /// <summary>The name of an option that is a password, and its value.</summary>
    [GeneratedRegex("([?&](?:ssl(?: |%20|[+])?)?pass(?:word|wd)=)[^&]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PasswordOption();

    private static int AuthorityEnd(string address, int start) =>
        address.IndexOfAny(['/', '?', '#'], start) is var end and >= 0 ? end : address.Length;

    private static NpgsqlConnectionStringBuilder ParseUrl(string address)
    {
        var start = 0;
        if (address.IndexOf(Separator, StringComparison.Ordinal) is var at and >= 0)
        {
            if (address[..at] is not ("postgres" or "postgresql")) throw new FormatException("database address has an unknown scheme");
            start = at + Separator.Length;
        }

        var end = AuthorityEnd(address, start);
        var text = new NpgsqlConnectionStringBuilder { Username = DefaultUser, SslMode = SslMode.Prefer };
        var authority = address[start..end];
        if (authority.LastIndexOf('@') is var split and >= 0)
        {
            var user = authority[..split].Split(':', 2);
            if (user[0].Length > 0) text.Username = Uri.UnescapeDataString(user[0]);
            if (user.Length > 1) text.Password = Uri.UnescapeDataString(user[1]);
            authority = authority[(split + 1)..];
        }

        ReadHost(text, authority);
        var query = address.IndexOf('?', end);
        var path = address[end..(query < 0 ? address.Length : query)].Trim('/');
        text.Database = path.Length == 0 ? DefaultDatabase : Uri.UnescapeDataString(path);
        if (query >= 0) ReadOptions(text, address[(query + 1)..]);
        return text;
    }

    private static void ReadHost(NpgsqlConnectionStringBuilder text, string authority)
    {
        var hostEnd = authority.StartsWith('[') ? authority.IndexOf(']') + 1 : 0;
        var colon = authority.IndexOf(':', hostEnd);
        var host = colon < 0 ? authority : authority[..colon];
        text.Host = host.Length == 0 ? "localhost" : Uri.UnescapeDataString(host.Trim('[', ']'));
        if (colon < 0 || colon == authority.Length - 1) return;
        if (!ushort.TryParse(authority.AsSpan(colon + 1), out var port)) throw new FormatException("database address has an invalid port");
        text.Port = port;
    }

    private static void ReadOptions(NpgsqlConnectionStringBuilder text, string query)
    {
        var settings = new StringBuilder();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var key = Uri.UnescapeDataString(parts[0]);
            var value = parts.Length > 1 ? Uri.UnescapeDataString(parts[1].Replace('+', ' ')) : "";
            if (key.Equals("sslmode", StringComparison.OrdinalIgnoreCase)) text.SslMode = ReadSslMode(value);
            else if (key.Equals("target_session_attrs", StringComparison.OrdinalIgnoreCase)) text.TargetSessionAttributes = value;
            else if (Known.TryGetValue(key, out var known)) text[known] = value;
            else if (Foreign.Contains(key)) continue;
            else if (text.ContainsKey(key)) text[key] = value;
            // What neither side knows by name is a setting of the session, such as statement_timeout.
            else settings.Append(" -c ").Append(key).Append('=').Append(value.Replace(" ", "\\ ", StringComparison.Ordinal));
        }

        if (settings.Length > 0) text.Options = (text.Options + settings).Trim();
    }

    private static SslMode ReadSslMode(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" or "" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException("database address has an unknown sslmode"),
    };
}
