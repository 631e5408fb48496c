namespace Nakama.Server.Lifecycle;

/// <summary>What identifies this node and bounds its stop.</summary>
/// <param name="Name">1 to 16 bytes, unique in its cluster.</param>
/// <param name="DataFolder">A folder that the node may write to.</param>
/// <param name="ShutdownGrace">How long matches and modules may take to end when the node stops; zero stops at once.</param>
public sealed record NodeInfo(string Name, string DataFolder, TimeSpan ShutdownGrace);
