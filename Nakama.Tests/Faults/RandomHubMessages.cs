using System.Reflection;
using Microsoft.AspNetCore.SignalR.Protocol;
using Nakama.Server.Transport.SignalR;

namespace Nakama.Tests.Faults;

/// <summary>
/// Invalid messages to the hub: of every kind, calls of every method with matching and other arguments, and with altered
/// bytes.
/// </summary>
/// <param name="random">The source of randomness.</param>
/// <param name="protocol">The protocol that encodes them.</param>
/// <param name="ids">Existing ids, so that some messages pass the first check.</param>
internal sealed class RandomHubMessages(Random random, IHubProtocol protocol, IReadOnlyList<string> ids)
{
    private static readonly MethodInfo[] Methods =
        [.. typeof(GameHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.Name.StartsWith("On", StringComparison.Ordinal))];

    private static readonly long[] Numbers = [0, 1, 2, 3, 8, -1, 100, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    private readonly RandomMessages _texts = new(random, ids);
    private int _count;

    /// <summary>The bytes of a message, possibly altered.</summary>
    public byte[] NextBytes()
    {
        var bytes = protocol.GetMessageBytes(Next()).ToArray();
        switch (random.Next(60))
        {
            case 0 or 1 or 2:
                return _texts.Mutate(bytes);
            case 3:
                random.NextBytes(bytes);
                return bytes;
            default:
                return bytes;
        }
    }

    private HubMessage Next() => random.Next(16) switch
    {
        0 => PingMessage.Instance,
        1 => new StreamItemMessage(Id(), Anything(0)),
        2 => new CompletionMessage(Id(), _texts.Text(), null, hasResult: false),
        3 => new CompletionMessage(Id(), null, Anything(0), hasResult: true),
        4 => new CancelInvocationMessage(Id()),
        5 => new StreamInvocationMessage(NewId(), Target(out var arguments), arguments, Streams()),
        6 => new AckMessage(Number()),
        7 => new SequenceMessage(Number()),
        // This ends the session, so it is rare.
        8 when random.Next(8) == 0 => new CloseMessage(_texts.Text()),
        _ => new InvocationMessage(random.Next(3) == 0 ? null : NewId(), Target(out var arguments), arguments, Streams()),
    };

    private string NewId() => random.Next(10) == 0 ? Id() : $"{++_count}";

    /// <summary>Mostly the id of an earlier call.</summary>
    private string Id() => random.Next(3) == 0 ? _texts.Text() : $"{random.Next(_count + 2)}";

    private string[]? Streams() => random.Next(4) == 0 ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Id())] : null;

    private string Target(out object?[] arguments)
    {
        var method = Methods[random.Next(Methods.Length)];
        arguments = [.. method.GetParameters()
            .Where(parameter => parameter.ParameterType != typeof(CancellationToken) && !IsStream(parameter.ParameterType))
            .Select(parameter => random.Next(6) == 0 ? Anything(0) : Of(parameter.ParameterType))];
        if (random.Next(12) == 0) arguments = [.. arguments, Anything(0)];
        return random.Next(20) == 0 ? "no" + _texts.Text() : method.Name;
    }

    private object? Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (random.Next(8) == 0) return null;
        if (type == typeof(string)) return _texts.Text();
        if (type == typeof(bool)) return random.Next(2) == 0;
        if (type == typeof(int)) return (int)Math.Clamp(Number(), int.MinValue, int.MaxValue);
        if (type == typeof(long)) return Number();
        if (type == typeof(byte[])) return Noise();
        if (type == typeof(string[])) return Enumerable.Range(0, random.Next(4)).Select(_ => _texts.Text()).ToArray();
        return type.IsArray ? Enumerable.Range(0, random.Next(3)).Select(_ => Something(1)).ToArray() : Something(1);
    }

    private object? Anything(int depth) => random.Next(8) switch
    {
        0 => null,
        1 => _texts.Text(),
        2 => Number(),
        3 => random.NextDouble() * Number(),
        4 => Noise(),
        5 when depth < 3 => Enumerable.Range(0, random.Next(4)).Select(_ => Anything(depth + 1)).ToArray(),
        6 when depth < 3 => Something(depth + 1),
        _ => random.Next(2) == 0,
    };

    private Dictionary<string, object?> Something(int depth)
    {
        var members = new Dictionary<string, object?>();
        foreach (var name in new[] { "user_id", "session_id", "username", "status", "op_code", "data", "reliable", "userId", "opCode" })
        {
            if (random.Next(3) > 0) members[name] = random.Next(2) == 0 ? _texts.Text() : Anything(depth);
        }
        if (random.Next(4) == 0) members[_texts.Text()] = Anything(depth);
        return members;
    }

    private long Number() => Numbers[random.Next(Numbers.Length)];

    private byte[] Noise()
    {
        var noise = new byte[random.Next(200)];
        random.NextBytes(noise);
        return noise;
    }

    private static bool IsStream(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);
}
