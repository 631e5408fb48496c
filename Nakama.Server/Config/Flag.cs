using System.Collections;
using System.Reflection;

namespace Nakama.Server.Config;

/// <summary>What the text of a setting is read as.</summary>
public enum FlagKind
{
    Text,
    Number,
    Switch,

    /// <summary>Texts; given more than once, they add up.</summary>
    List,
}

/// <summary>One setting: its name in every source, and the property it ends in.</summary>
public sealed class Flag
{
    private readonly PropertyInfo[] _path;

    internal Flag(string name, FlagKind kind, params PropertyInfo[] path)
    {
        Name = name;
        Kind = kind;
        _path = path;
    }

    /// <summary>The name on the command line, such as <c>socket.server_key</c>.</summary>
    public string Name { get; }

    public FlagKind Kind { get; }

    /// <summary>The name in the environment, such as <c>NAKAMA_SOCKET__SERVER_KEY</c>.</summary>
    public string Variable => "NAKAMA_" + Name.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>True for a name that is accepted because others accept it, and means nothing.</summary>
    public bool IsIgnored => _path.Length == 0;

    /// <summary>The property, or null for an ignored flag.</summary>
    internal PropertyInfo? Property => IsIgnored ? null : _path[^1];

    public object? Get(NakamaOptions options) => IsIgnored ? null : _path[^1].GetValue(Owner(options));

    /// <summary>The options must be a set that nobody else has seen yet.</summary>
    internal void Set(NakamaOptions options, object value)
    {
        if (!IsIgnored) _path[^1].SetValue(Owner(options), value);
    }

    /// <summary>Reads one value; throws <see cref="FormatException"/> or <see cref="OverflowException"/>.</summary>
    internal object Parse(string text) => Kind switch
    {
        FlagKind.Switch => FlagText.ToSwitch(text),
        FlagKind.Number => FlagText.ToNumber(text),
        FlagKind.List => new[] { text },
        _ => text,
    };

    internal string DefaultText(NakamaOptions defaults) => Get(defaults) switch
    {
        string { Length: > 0 } text => $"\"{text}\"",
        IEnumerable list and not string => "[" + string.Join(' ', list.Cast<string>()) + "]",
        true => "true",
        int and not 0 and var number => number.ToString()!,
        _ => "",
    };

    private object Owner(NakamaOptions options)
    {
        object owner = options;
        for (var i = 0; i < _path.Length - 1; i++) owner = _path[i].GetValue(owner)!;
        return owner;
    }
}
