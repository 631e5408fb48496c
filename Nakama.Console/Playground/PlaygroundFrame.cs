namespace Nakama.Console.Playground;

/// <summary>The kind of a line in the list of a client.</summary>
public enum FrameDirection
{
    Sent,
    Received,

    /// <summary>Something that happened to the client without a frame, such as a closed socket.</summary>
    Note,
}

/// <summary>One frame of a client, or something that happened to it.</summary>
/// <param name="Number">Counts up.</param>
/// <param name="At">When it was sent or received.</param>
/// <param name="Direction">Sent, received, or neither.</param>
/// <param name="Name">The name of the message.</param>
/// <param name="Text">The frame as JSON, cut when it is long; empty for none.</param>
/// <param name="Length">The length of the whole frame, in characters.</param>
/// <param name="Data">What the base64 data of a match or party frame contain, as text; null for none.</param>
/// <param name="IsError">Whether it tells of a failure.</param>
public sealed record PlaygroundFrame(
    int Number, DateTimeOffset At, FrameDirection Direction, string Name, string Text, int Length, string? Data = null, bool IsError = false);
