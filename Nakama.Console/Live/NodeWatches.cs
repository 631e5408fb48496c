using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Protocol.Json;

namespace Nakama.Console.Live;

/// <summary>Watches live methods of a node as the signed-in operator: the node sends an answer whenever it has changed.</summary>
public sealed class NodeWatches(IHttpClientFactory clients, NodeAddresses addresses, Operator signedIn, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    // The node sends at least every few seconds that nothing has changed.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    /// <summary>The states of the watch until it is cancelled or the node refuses it; a broken connection is opened again.</summary>
    /// <param name="method">The bare name of a method that reads.</param>
    /// <param name="request">Its request.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async IAsyncEnumerable<WatchState<TAnswer>> WatchAsync<TAnswer>(string method, IMessage request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TAnswer : class, IMessage, new()
    {
        var path = $"/v2/console/live/watch/{method}?request={Uri.EscapeDataString(ProtoJson.ToString(request, JsonFormat.Api))}";
        var pause = TimeSpan.FromSeconds(1);
        TAnswer? last = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var node = addresses.Current;
            var refusal = 0;
            await foreach (var state in ListenAsync<TAnswer>(new Uri(node, path), cancellationToken))
            {
                if (state.Answer is not null) (last, pause) = (state.Answer, TimeSpan.FromSeconds(1));
                refusal = state.Code;
                yield return state with { Answer = last };
                if (state.Code is NodeException.Unauthenticated or NodeException.PermissionDenied or NodeException.InvalidArgument) yield break;
            }

            if (cancellationToken.IsCancellationRequested) yield break;
            if (refusal == 0)
            {
                addresses.Skip(node);
                yield return new(last, $"The node at {node.Authority} does not answer. Trying again.", NodeException.Unavailable);
            }

            try
            {
                await Task.Delay(pause, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }

            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>The states of one connection, which ends with a refusal or when the node falls silent.</summary>
    private async IAsyncEnumerable<WatchState<TAnswer>> ListenAsync<TAnswer>(Uri address, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TAnswer : class, IMessage, new()
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var client = clients.CreateClient(NodeHttpClients.Streams);
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (await signedIn.TokenAsync() is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await TryAsync(async () => await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token));
        if (response is null) yield break;
        if (!response.IsSuccessStatusCode)
        {
            if (await TryAsync(async () => await NodeClient.ReadErrorAsync(response, either.Token)) is { } refusal)
                yield return new(null, refusal.Message, refusal.Code);
            yield break;
        }

        await using var body = await TryAsync(async () => await response.Content.ReadAsStreamAsync(either.Token));
        if (body is null) yield break;
        await using var events = SseParser.Create(body).EnumerateAsync(either.Token).GetAsyncEnumerator(either.Token);
        while (await TryAsync<object>(async () => await events.MoveNextAsync() ? events : null) is not null)
        {
            silence.CancelAfter(LongestSilence);
            if (Read<TAnswer>(events.Current) is { } state) yield return state;
        }
    }

    /// <summary>Null for an event that cannot be read; without an answer and an error when the last answer still holds.</summary>
    private static WatchState<TAnswer>? Read<TAnswer>(in SseItem<string> item)
        where TAnswer : class, IMessage, new()
    {
        try
        {
            if (item.EventType == "same") return new(null, null, 0);
            if (item.EventType == "fault")
            {
                using var error = JsonDocument.Parse(item.Data);
                return new(null, error.RootElement.GetProperty("message").GetString(), error.RootElement.GetProperty("code").GetInt32());
            }

            var answer = new TAnswer();
            ProtoJson.ReadLenient(Encoding.UTF8.GetBytes(item.Data), answer);
            return new(answer, null, 0);
        }
        catch (Exception e) when (e is JsonException or ProtoJsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Null when the connection has ended.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T?>> step)
        where T : class
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}
