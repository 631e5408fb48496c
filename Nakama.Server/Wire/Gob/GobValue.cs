namespace Nakama.Server.Wire.Gob;

/// <summary>One field's value: a number or bytes, by its kind.</summary>
internal readonly record struct GobValue(long Kind, ulong Number, byte[]? Bytes);
