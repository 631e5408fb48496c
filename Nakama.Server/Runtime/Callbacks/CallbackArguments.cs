using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>The arguments of a callback after its context, in the order of its description; at most three values.</summary>
public readonly struct CallbackArguments
{
    private readonly ScriptValue _first;
    private readonly ScriptValue _second;
    private readonly ScriptValue _third;

    public CallbackArguments(in ScriptValue first)
    {
        _first = first;
        Count = 1;
    }

    public CallbackArguments(in ScriptValue first, in ScriptValue second)
    {
        (_first, _second) = (first, second);
        Count = 2;
    }

    public CallbackArguments(in ScriptValue first, in ScriptValue second, in ScriptValue third)
    {
        (_first, _second, _third) = (first, second, third);
        Count = 3;
    }

    public int Count { get; }

    public ScriptValue this[int index] => index switch
    {
        0 => _first,
        1 => _second,
        2 => _third,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };
}
