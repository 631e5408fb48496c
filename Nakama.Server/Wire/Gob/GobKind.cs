namespace Nakama.Server.Wire.Gob;

/// <summary>The ids of the predefined types of gob streams.</summary>
internal static class GobKind
{
    public const long Bool = 1;
    public const long Int = 2;
    public const long Uint = 3;
    public const long Bytes = 5;
    public const long String = 6;
}
