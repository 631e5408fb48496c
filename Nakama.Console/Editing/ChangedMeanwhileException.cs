namespace Nakama.Console.Editing;

/// <summary>What a panel would save over was changed since the panel was opened; its operator decides.</summary>
public sealed class ChangedMeanwhileException() : Exception(
    "This was changed by somebody else since you opened it, as shown below. Saving again puts your changes on top of theirs.");
