using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>One call of a function of game logic.</summary>
/// <param name="Description">What it is called for.</param>
/// <param name="Name">Under which name it is registered; empty where there is one of its kind.</param>
/// <param name="Context">Why and on whose behalf it runs.</param>
/// <param name="Arguments">What goes in after the context.</param>
public readonly record struct CallbackCall(CallbackDescription Description, string Name, RuntimeContext Context, CallbackArguments Arguments)
{
    public CallbackKind Kind => Description.Kind;

    /// <summary>An argument as a language without types sees it.</summary>
    public ScriptValue View(int index, ScriptLanguage language)
    {
        var argument = Arguments[index];
        if (argument.Kind != ScriptValueKind.Native) return argument;
        var view = Description.Arguments[index].View
            ?? throw new InvalidOperationException($"{language} cannot show the {Description.Arguments[index].Name} of {Kind}.");
        return view(argument.AsNative(), language);
    }
}
