using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Nakama.Console.Access;
using Nakama.Protocol.Feed;

namespace Nakama.Console.Nodes;

/// <summary>
/// The nodes' samples, one per second, for one operator's page. It keeps those of the last minutes, and
/// reconnects when the connection breaks, until it is disposed.
/// </summary>
public sealed class LiveFeed(IHttpClientFactory clients, NodeAddresses addresses, Operator signedIn, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The number of samples that are kept, and requested at the start.</summary>
    public const int Kept = 300;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    // A node that sends nothing for this long is treated as unreachable.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Queue<FeedSample> _samples = new();
    private Task? _loop;

    /// <summary>Raised after every sample and every change of state, on an arbitrary thread.</summary>
    public event Action? Changed;

    public FeedState State { get; private set; }

    /// <summary>The reason why the feed is unavailable; null while it is available.</summary>
    public string? Error { get; private set; }

    public FeedSample? Latest { get; private set; }

    /// <summary>The samples kept, oldest first.</summary>
    public FeedSample[] History
    {
        get
        {
            lock (_gate) return [.. _samples];
        }
    }

    /// <summary>Starts listening, once.</summary>
    public void Start() => _loop ??= RunAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_loop is not null) await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = TimeSpan.FromSeconds(1);
        try
        {
            while (State != FeedState.SignedOut)
            {
                var node = addresses.Current;
                if (await ListenAsync(node)) pause = TimeSpan.FromSeconds(1);
                if (State == FeedState.SignedOut) return;

                addresses.Skip(node);
                Become(FeedState.Away, $"The node at {node.Authority} does not answer. Trying again.");
                await Task.Delay(pause, time, _stop.Token);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }

    /// <summary>True when the node sent a sample before the connection ended.</summary>
    private async Task<bool> ListenAsync(Uri node)
    {
        var heard = false;
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, _stop.Token);
        try
        {
            using var client = clients.CreateClient(NodeHttpClients.Streams);
            client.Timeout = Timeout.InfiniteTimeSpan;
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, $"/v2/console/feed?history={Kept}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await signedIn.TokenAsync());
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                Become(FeedState.SignedOut, null);
                return false;
            }

            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(either.Token))
            {
                heard = true;
                silence.CancelAfter(LongestSilence);
                Take(item);
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException || (error is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            // The caller shows the error to the operator.
        }

        return heard;
    }

    private void Take(SseItem<string> item)
    {
        if (item.EventType == "history")
        {
            var samples = FeedSample.ReadHistory(item.Data);
            lock (_gate) _samples.Clear();
            foreach (var sample in samples) Keep(sample);
        }
        else
        {
            Keep(FeedSample.Read(item.Data));
        }

        Become(FeedState.Live, null);
    }

    private void Keep(FeedSample sample)
    {
        lock (_gate)
        {
            _samples.Enqueue(sample);
            if (_samples.Count > Kept) _samples.Dequeue();
        }

        Latest = sample;
    }

    private void Become(FeedState state, string? error)
    {
        State = state;
        Error = error;
        Changed?.Invoke();
    }
}
