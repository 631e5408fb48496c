using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Nakama.Tests.Golden;

/// <summary>
/// Replays one conversation recorded with the reference server and collects the differences. A step is a
/// request, a socket that opens, sends, receives or closes, or a variable that is set; <c>$name</c> inside any string
/// is replaced by a variable.
/// </summary>
internal sealed partial class ScenarioPlayer : IAsyncDisposable
{
    private const string ConsolePrefix = "console ";
    private const string HttpKey = "defaulthttpkey";

    private const string Unescaped = "/?&=%+:,*~@!'()$;[]";

    // A longer timeout costs nothing where the messages arrive.
    private const double WaitFactor = 10;

    // An unexpected additional message is a difference too.
    private static readonly TimeSpan Surplus = TimeSpan.FromSeconds(0.25);

    private readonly IReadOnlyList<ScenarioNode> _nodes;
    private readonly Dictionary<string, ScenarioNode> _nodeOfActor = new(StringComparer.Ordinal);
    private readonly string _serverKey;
    private readonly OrderedDictionary<string, object?> _variables = [];
    private readonly Dictionary<string, PlainSocket> _sockets = [];
    private readonly Normaliser _normaliser;
    private readonly IScenarioWaits _waits;

    /// <param name="nodes">The nodes, which are assigned to the actors of the conversation in turn.</param>
    /// <param name="serverKey">The server key for authenticate calls.</param>
    /// <param name="waits">Waits for conditions between the steps of the conversation.</param>
    public ScenarioPlayer(IReadOnlyList<ScenarioNode> nodes, string serverKey, IScenarioWaits waits)
    {
        _waits = waits;
        _nodes = nodes;
        _serverKey = serverKey;
        _normaliser = new Normaliser(_variables);
    }

    /// <summary>Replays all steps and returns a line for every difference that is not on purpose.</summary>
    /// <param name="scenario">The recorded conversation.</param>
    /// <param name="deviations">The differences that are on purpose.</param>
    /// <param name="before">Called before each step.</param>
    public async Task<ScenarioResult> PlayAsync(string scenario, Deviations deviations, Func<OrderedDictionary<string, object?>, Task> before)
    {
        var differences = new List<string>();
        var texts = new List<string>();
        var conversation = Members(Json.Parse(scenario));
        var steps = (List<object?>)conversation["steps"]!;
        for (var i = 0; i < steps.Count; i++)
        {
            var step = Members(steps[i]);
            await before(step);
            var answer = await TryStepAsync(step);
            if (answer is null) continue;
            var expected = step.GetValueOrDefault("expect");
            var title = $"step {i} ({step.GetValueOrDefault("http") ?? step.GetValueOrDefault("recv") ?? step.GetValueOrDefault("open")})";
            var withoutTexts = Difference.Between(Difference.WithoutTexts(expected), Difference.WithoutTexts(answer)).Select(PathOf).ToHashSet(StringComparer.Ordinal);
            var lines = Difference.Between(expected, answer).ToList();
            differences.AddRange(lines.Where(line => withoutTexts.Contains(PathOf(line))).Select(line => $"{title} {line}"));
            texts.AddRange(lines.Select(line => $"{title} {line}"));
        }

        return deviations.Unlisted((string)conversation["name"]!, new ScenarioResult(differences, texts));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets.Values) await socket.DisposeAsync();
    }

    private static string PathOf(string difference) => difference[..difference.IndexOf(':', StringComparison.Ordinal)];

    private static OrderedDictionary<string, object?> Members(object? value) => (OrderedDictionary<string, object?>)value!;

    private static string Text(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        string text => text,
        _ => Json.Write(value),
    };

    private async Task<object?> TryStepAsync(OrderedDictionary<string, object?> step)
    {
        try
        {
            return await StepAsync(step);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Text.Json.JsonException or System.Net.Sockets.SocketException or FormatException)
        {
            return new OrderedDictionary<string, object?> { ["<error>"] = $"{e.GetType().Name}: {e.Message}" };
        }
    }

    private async Task<object?> StepAsync(OrderedDictionary<string, object?> step)
    {
        switch (step.GetAt(0).Key)
        {
            case "http":
                return await RequestAsync(step);
            case "rand":
                var length = step.TryGetValue("len", out var len) ? (int)(decimal)len! : 21;
                _variables[(string)step["rand"]!] = string.Concat("r", Guid.NewGuid().ToString("N").AsSpan(0, length - 1));
                return null;
            case "uuid":
                _variables[(string)step["uuid"]!] = Guid.NewGuid().ToString();
                return null;
            case "fill":
                _variables[(string)step["fill"]!] = string.Concat(Enumerable.Repeat((string)step["text"]!, (int)(decimal)step["times"]!));
                return null;
            case "sleep":
                await _waits.PausedAsync(TimeSpan.FromSeconds(Convert.ToDouble(step["sleep"], CultureInfo.InvariantCulture)));
                return null;
            case "open":
                return await OpenAsync(step);
            case "send":
                await _sockets[(string)step["send"]!].SendAsync(Json.Write(Substitute(step["envelope"])));
                return null;
            case "sendraw":
                await _sockets[(string)step["sendraw"]!].SendAsync(Substitute((string)step["text"]!), step.TryGetValue("op", out var op) ? (int)(decimal)op! : 1);
                return null;
            case "close":
                await _sockets[(string)step["close"]!].CloseAsync();
                return null;
            case "recv":
                return await ReceiveAsync(step);
            default:
                throw new InvalidOperationException($"No such step: {step.GetAt(0).Key}");
        }
    }

    private async Task<object?> RequestAsync(OrderedDictionary<string, object?> step)
    {
        var line = Substitute((string)step["http"]!);
        var isConsole = line.StartsWith(ConsolePrefix, StringComparison.Ordinal);
        if (isConsole) line = line[ConsolePrefix.Length..];
        var (verb, path) = line.Split(' ', 2) is [var v, var p] ? (v, p) : throw new FormatException("verb and path");
        if (step.GetValueOrDefault("auth") is "http_key") path += (path.Contains('?') ? "&" : "?") + "http_key=" + HttpKey;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["Accept"] = "application/json",
        };
        if (Authorization(step.GetValueOrDefault("auth") as string) is { } authorization) headers["Authorization"] = authorization;
        if (step.GetValueOrDefault("headers") is OrderedDictionary<string, object?> own)
        {
            foreach (var (name, value) in Members(Substitute(own)))
            {
                if (value is null) headers.Remove(name);
                else headers[name] = Text(value);
            }
        }

        var body = step.TryGetValue("raw", out var raw) ? Encoding.UTF8.GetBytes(Substitute((string)raw!))
            : step.TryGetValue("body", out var json) ? Encoding.UTF8.GetBytes(Json.Write(Substitute(json)))
            : null;
        if (step.GetValueOrDefault("parts") is List<object?> parts)
        {
            var boundary = "----" + Guid.NewGuid().ToString("N");
            headers["Content-Type"] = "multipart/form-data; boundary=" + boundary;
            body = Encoding.UTF8.GetBytes(MultipartForm(parts, boundary));
        }

        if (step.GetValueOrDefault("gzip") is true)
        {
            body = Gzip(body ?? []);
            headers["Content-Encoding"] = "gzip";
        }

        var node = NodeOf(ActorOf(step));
        // Response headers are compared over HTTP only.
        var sender = isConsole ? new HttpRequestSender(node.ConsolePort)
            : step.ContainsKey("show_headers") ? new HttpRequestSender(node.Port) : node.Sender;
        var answer = await sender.SendAsync(verb, Escape(path, Unescaped), headers, body);
        object? data = answer.Body.Length == 0 ? null : Json.TryParse(answer.Body, out var parsed) ? parsed : answer.Body;
        var wanted = Members(Substitute(step));
        var order = ConsoleAnswers.Narrow(wanted, data, _normaliser);
        Save(step, data);
        data = ConsoleAnswers.Reduce(wanted, data);
        var result = new OrderedDictionary<string, object?>
        {
            ["status"] = (decimal)answer.Status,
            ["body"] = _normaliser.Normalise(isConsole ? ConsoleAnswers.Tame(data) : data),
        };
        if (order.Count > 0) result["sorted"] = order;
        if (step.GetValueOrDefault("show_headers") is List<object?> names)
        {
            result["headers"] = new OrderedDictionary<string, object?>(names.Select(name =>
                KeyValuePair.Create(((string)name!).ToLowerInvariant(), (object?)answer.Headers.GetValueOrDefault((string)name))));
        }

        return result;
    }

    private async Task<object?> OpenAsync(OrderedDictionary<string, object?> step)
    {
        var query = new OrderedDictionary<string, object?>
        {
            ["token"] = Substitute(step.GetValueOrDefault("token") as string ?? ""),
            ["format"] = "json",
            ["status"] = "false",
            ["lang"] = "en",
        };
        foreach (var (name, value) in Optional(step, "params")) query[name] = value;
        var target = "/ws?" + string.Join('&', query.Select(pair => $"{Form(pair.Key)}={Form(Text(pair.Value))}"));
        var node = NodeOf((string)step["open"]!);
        var socket = await PlainSocket.OpenAsync(node.Port, target, Optional(step, "headers").ToDictionary(header => header.Key, header => Text(header.Value)));
        _sockets[(string)step["open"]!] = socket;
        if (socket.Status == 101) await _waits.OpenedAsync(node, socket);
        return new OrderedDictionary<string, object?> { ["status"] = (decimal)socket.Status };

        static string Form(string text) => Escape(text, " ").Replace(' ', '+');
    }

    private async Task<object?> ReceiveAsync(OrderedDictionary<string, object?> step)
    {
        var socket = _sockets[(string)step["recv"]!];
        var wanted = step.GetValueOrDefault("expect") is List<object?> expected ? expected.Count : int.MaxValue;
        var wait = step.TryGetValue("wait", out var seconds) ? Convert.ToDouble(seconds, CultureInfo.InvariantCulture) : 1;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(wait * WaitFactor));
        var envelopes = new List<object?>();
        var isEnough = false;
        while (true)
        {
            if (!isEnough && envelopes.Count >= wanted)
            {
                isEnough = true;
                deadline.CancelAfter(Surplus);
            }

            if (await socket.ReceiveAsync(deadline.Token) is not { } message) break;
            envelopes.Add(Json.Parse(message));
        }

        if (step.GetValueOrDefault("unordered") is true)
        {
            envelopes = [.. envelopes
                .OrderBy(envelope => string.Join('\n', Members(envelope).Keys.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
                .ThenBy(envelope => Json.Write(Members(envelope).GetValueOrDefault("cid") ?? ""), StringComparer.Ordinal)];
        }

        Save(step, envelopes);
        var result = envelopes.Select(envelope => _normaliser.Normalise(_normaliser.Presort(envelope))).ToList();
        if (socket.Closed is { } closed) result.Add(new OrderedDictionary<string, object?> { ["<closed>"] = closed });
        return result;
    }

    private void Save(OrderedDictionary<string, object?> step, object? answer)
    {
        if (step.GetValueOrDefault("save") is not OrderedDictionary<string, object?> paths) return;
        foreach (var (variable, path) in paths) _variables[variable] = Follow(answer, (string)path!, out var found) ? found : $"<missing {variable}>";
    }

    internal static bool Follow(object? value, string path, out object? found)
    {
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (value is string text && Json.TryParse(text, out var json)) value = json;
            if (value is List<object?> items && int.TryParse(part, CultureInfo.InvariantCulture, out var index)
                && (index < 0 ? index + items.Count : index) is var i && i >= 0 && i < items.Count)
            {
                value = items[i];
            }
            else if (value is not OrderedDictionary<string, object?> members || !members.TryGetValue(part, out value))
            {
                found = null;
                return false;
            }
        }

        found = value;
        return true;
    }

    /// <summary>The actor of a request: the one whose token it uses or receives.</summary>
    private static string ActorOf(OrderedDictionary<string, object?> step)
    {
        if ((step.GetValueOrDefault("auth") as string)?.Split(' ', 2) is [_, var name]) return name;
        return step.GetValueOrDefault("save") is OrderedDictionary<string, object?> { Count: > 0 } saved ? saved.GetAt(0).Key : "";
    }

    /// <summary>An actor is identified by the text before the first underscore, and stays with its node.</summary>
    private ScenarioNode NodeOf(string actor)
    {
        var name = actor.Split('_', 2)[0];
        if (!_nodeOfActor.TryGetValue(name, out var node)) _nodeOfActor[name] = node = _nodes[_nodeOfActor.Count % _nodes.Count];
        return node;
    }

    private string? Authorization(string? kind) => kind?.Split(' ', 2) switch
    {
        null or ["key"] => "Basic " + Base64(_serverKey + ":"),
        ["none" or "http_key"] => null,
        ["bearer", var name] => "Bearer " + Text(_variables.GetValueOrDefault(name, name)),
        ["basic", var pair] => "Basic " + Base64(pair),
        _ => kind,
    };

    private OrderedDictionary<string, object?> Optional(OrderedDictionary<string, object?> step, string name) =>
        step.GetValueOrDefault(name) is { } members ? Members(Substitute(members)) : [];

    private string MultipartForm(List<object?> parts, string boundary)
    {
        var form = new StringBuilder();
        foreach (var part in parts.Select(part => Members(Substitute(part))))
        {
            form.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{part["name"]}\"");
            if (part.TryGetValue("filename", out var file))
                form.Append(CultureInfo.InvariantCulture, $"; filename=\"{file}\"\r\nContent-Type: application/octet-stream");
            form.Append(CultureInfo.InvariantCulture, $"\r\n\r\n{part["text"]}\r\n");
        }

        return form.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n").ToString();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(body);
        return packed.ToArray();
    }

    private static string Escape(string text, string safe)
    {
        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || "_.-~".Contains((char)b) || safe.Contains((char)b)) escaped.Append((char)b);
            else escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return escaped.ToString();
    }

    private string Substitute(string text) => VariablePattern().Replace(text, match =>
        _variables.TryGetValue(match.Groups[1].Value, out var value) ? Text(value) : match.Value);

    private object? Substitute(object? value) => value switch
    {
        // A text that is only a variable stands for the list or the object in it.
        string text when Whole(text) is { } whole => whole,
        string text => Substitute(text),
        List<object?> items => items.Select(Substitute).ToList(),
        OrderedDictionary<string, object?> members => new OrderedDictionary<string, object?>(
            members.Select(member => KeyValuePair.Create(Substitute(member.Key), Substitute(member.Value)))),
        _ => value,
    };

    private object? Whole(string text) =>
        text.StartsWith('$') && _variables.TryGetValue(text[1..], out var value) && value is not string ? value as List<object?> ?? (object?)(value as OrderedDictionary<string, object?>) : null;

    [GeneratedRegex(@"\$(\w+)")]
    private static partial Regex VariablePattern();
}

/// <summary>The differences: in codes and values, and in those or the error messages.</summary>
internal sealed record ScenarioResult(IReadOnlyList<string> Differences, IReadOnlyList<string> TextDifferences);

/// <summary>The conditions that a conversation waits for between its steps.</summary>
internal interface IScenarioWaits
{
    /// <summary>The node has created the session of a socket; the handshake completes a little earlier.</summary>
    Task OpenedAsync(ScenarioNode node, PlainSocket socket);

    /// <summary>The condition that a pause in the recording waited for is met.</summary>
    Task PausedAsync(TimeSpan pause);
}

/// <summary>A node for actors of a conversation.</summary>
/// <param name="Port">The port of the API.</param>
/// <param name="ConsolePort">The port of the console API.</param>
/// <param name="Sender">Sends the requests to the API.</param>
internal sealed record ScenarioNode(int Port, int ConsolePort, IRequestSender Sender);
