namespace Nakama.Enet.Protocol;

/// <summary>What the sender of a reliable command is told: that it arrived, and the time it was sent with.</summary>
internal readonly record struct Acknowledgement(byte Channel, ushort Sequence, ushort SentTime);
