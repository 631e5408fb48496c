using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Nakama.Server.Satori;

/// <summary>
/// Answers of Satori that need not be asked again: within one context, such as a call of a function, or for all, as
/// <c>satori.cache_mode</c> says. No answer is older than <c>satori.cache_ttl_sec</c>.
/// </summary>
public sealed class SatoriCache(SatoriOptions options, TimeProvider time)
{
    /// <summary>Cache for each context.</summary>
    public const string ContextMode = "context";

    private const int MaxAnswers = 10_000;

    private readonly ConditionalWeakTable<object, Answers> _contexts = [];
    private readonly Answers _all = new();

    /// <param name="context">The context of the caller; null when it has none of its own.</param>
    /// <param name="request">A request that changes nothing.</param>
    /// <param name="answer">The kept answer.</param>
    public bool TryGet(object? context, SatoriRequest request, out JsonElement answer)
    {
        answer = default;
        if (Find(context) is not { } answers || !answers.TryGetValue(KeyOf(request), out var kept) || time.GetTimestamp() >= kept.Until) return false;
        answer = kept.Answer;
        return true;
    }

    public void Keep(object? context, SatoriRequest request, in JsonElement answer)
    {
        if (Find(context) is not { } answers) return;
        // Dropping all now and then is cheaper than knowing which is the oldest.
        if (answers.Count >= MaxAnswers) answers.Clear();
        answers[KeyOf(request)] = (answer, time.GetTimestamp() + (options.CacheTtlSec * time.TimestampFrequency));
    }

    /// <summary>Drops what is kept of an identity, which has changed.</summary>
    public void Forget(object? context, string identityId)
    {
        if (Find(context) is not { } answers) return;
        foreach (var key in answers.Keys.Where(key => key.IdentityId == identityId)) answers.TryRemove(key, out _);
    }

    private static (string? IdentityId, string Address) KeyOf(SatoriRequest request) => (request.IdentityId, request.PathAndQuery);

    private Answers? Find(object? context) =>
        options.CacheDisabled ? null
        : options.CacheMode != ContextMode ? _all
        : context is null ? null : _contexts.GetValue(context, static _ => new Answers());

    private sealed class Answers : ConcurrentDictionary<(string? IdentityId, string Address), (JsonElement Answer, long Until)>;
}
