using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>One call of a function of game logic.</summary>
/// <param name="Description">The kind of callback.</param>
/// <param name="Name">The name under which it is registered; empty if there is only one of its kind.</param>
/// <param name="Context">The execution context.</param>
/// <param name="Arguments">The arguments after the context.</param>
public readonly record struct CallbackCall(CallbackDescription Description, string Name, RuntimeContext Context, CallbackArguments Arguments)
{
    public CallbackKind Kind => Description.Kind;

    /// <summary>An argument in the form for dynamically typed languages.</summary>
    public ScriptValue View(int index, ScriptLanguage language)
    {
        var argument = Arguments[index];
        if (argument.Kind != ScriptValueKind.Native) return argument;
        var view = Description.Arguments[index].View
            ?? throw new InvalidOperationException($"{language} cannot show the {Description.Arguments[index].Name} of {Kind}.");
        return view(argument.AsNative(), language);
    }
}
