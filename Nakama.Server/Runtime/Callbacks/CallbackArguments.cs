using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>What goes into a callback after its context, in the order of its description; at most three values.</summary>
public readonly struct CallbackArguments
{
    private readonly HostValue _first;
    private readonly HostValue _second;
    private readonly HostValue _third;

    public CallbackArguments(in HostValue first)
    {
        _first = first;
        Count = 1;
    }

    public CallbackArguments(in HostValue first, in HostValue second)
    {
        (_first, _second) = (first, second);
        Count = 2;
    }

    public CallbackArguments(in HostValue first, in HostValue second, in HostValue third)
    {
        (_first, _second, _third) = (first, second, third);
        Count = 3;
    }

    public int Count { get; }

    public HostValue this[int index] => index switch
    {
        0 => _first,
        1 => _second,
        2 => _third,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };
}
