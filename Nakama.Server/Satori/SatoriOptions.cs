using System.Net.Http.Headers;
using System.Text;

namespace Nakama.Server.Satori;

/// <summary>Settings below <c>satori</c>.</summary>
public sealed record SatoriOptions
{
    /// <summary>
    /// Where Satori is; with it go <c>satori.api_key_name</c>, <c>satori.api_key</c> and <c>satori.signing_key</c>.
    /// </summary>
    public string Url { get; init; } = "";

    /// <summary>The API key's name.</summary>
    public string ApiKeyName { get; init; } = "";

    /// <summary>The API key.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Key of the tokens for Satori (HS256).</summary>
    public string SigningKey { get; init; } = "";

    /// <summary>Key with which the console sends Satori's messages; empty turns that off. It needs <c>satori.url</c>.</summary>
    public string ServerKey { get; init; } = "";

    /// <summary>Not used.</summary>
    public bool CacheEnabled { get; init; }

    /// <summary>Whether no answer is kept.</summary>
    public bool CacheDisabled { get; init; }

    /// <summary>
    /// How long answers about properties, experiments, flags and live events are kept: <c>context</c>, within one call of a module's function,
    /// or <c>time</c>, for all calls.
    /// </summary>
    public string CacheMode { get; init; } = SatoriCache.ContextMode;

    /// <summary>How old a kept answer may be, in seconds, at least 1.</summary>
    public int CacheTtlSec { get; init; } = 300;

    /// <summary>How long an answer may take, in milliseconds, at least 1.</summary>
    public int HttpTimeoutMs { get; init; } = 10000;

    /// <summary>How often a failed question is asked again, 0 to 3.</summary>
    public int RetryCount { get; init; }

    internal Uri AddressOf(string pathAndQuery) => new(Url.TrimEnd('/') + pathAndQuery);

    internal static AuthenticationHeaderValue Basic(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));
}
