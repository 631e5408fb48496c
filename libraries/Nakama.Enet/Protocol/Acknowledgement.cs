namespace Nakama.Enet.Protocol;

/// <summary>The acknowledgement of a reliable command, with the time it was sent with.</summary>
internal readonly record struct Acknowledgement(byte Channel, ushort Sequence, ushort SentTime);
