using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ServiceDefaults;

/// <summary>A span as it arrives: its ids in hexadecimal digits; the parent's is empty at the root.</summary>
public sealed record ReceivedSpan(string Trace, string Id, string Parent, string Name);

/// <summary>Takes what a program sends over OTLP with HTTP, and reads the spans out of it.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly Channel<ReceivedSpan> _spans = System.Threading.Channels.Channel.CreateUnbounded<ReceivedSpan>();

    private OtlpReceiver(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        Endpoint = $"http://127.0.0.1:{port}";
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public string Endpoint { get; }

    /// <summary>The paths that were called.</summary>
    public ConcurrentDictionary<string, bool> Paths { get; } = [];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver(FreePorts.One());
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Takes spans until those looked for are among them, and returns all that came.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> UntilAsync(Func<IReadOnlyList<ReceivedSpan>, bool> isEnough)
    {
        var spans = new List<ReceivedSpan>();
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            while (!isEnough(spans)) spans.Add(await _spans.Reader.ReadAsync(timeout.Token));
            return spans;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("Only these came: " + string.Join(", ", spans));
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        Paths[context.Request.Path] = true;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.Path != "/v1/traces") return;
        // resource spans (1) hold scope spans (2), which hold spans (2)
        var spans = Fields(body.ToArray(), 1).SelectMany(resource => Fields(resource, 2)).SelectMany(scope => Fields(scope, 2));
        foreach (var span in spans) _spans.Writer.TryWrite(Read(span));
    }

    private static ReceivedSpan Read(byte[] span) =>
        new(Hex(span, 1), Hex(span, 2), Hex(span, 4), System.Text.Encoding.UTF8.GetString(Fields(span, 5).Single()));

    private static string Hex(byte[] span, int field) => Convert.ToHexStringLower(Fields(span, field).SingleOrDefault([]));

    private static List<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(number, WireFormat.WireType.LengthDelimited)) found.Add(input.ReadBytes().ToByteArray());
            else input.SkipLastField();
        }

        return found;
    }
}
