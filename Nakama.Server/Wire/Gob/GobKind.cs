namespace Nakama.Server.Wire.Gob;

/// <summary>The numbers of the types that every gob stream knows without a definition.</summary>
internal static class GobKind
{
    public const long Bool = 1;
    public const long Int = 2;
    public const long Uint = 3;
    public const long Bytes = 5;
    public const long String = 6;
}
