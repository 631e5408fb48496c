namespace Nakama.Server.Wire.Gob;

/// <summary>A type that a gob stream defines.</summary>
/// <param name="Fields">The fields of a structure in order; null for other types.</param>
/// <param name="IsOpaque">Whether values are bytes in an encoding of the type itself.</param>
internal sealed record GobType(IReadOnlyList<(string Name, long Kind)>? Fields, bool IsOpaque);

/// <summary>One field's value: a number or bytes, by its kind.</summary>
internal readonly record struct GobValue(long Kind, ulong Number, byte[]? Bytes);
