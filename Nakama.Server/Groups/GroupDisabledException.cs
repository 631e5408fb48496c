namespace Nakama.Server.Groups;

/// <summary>Someone disabled the group in the database, and its members cannot change.</summary>
public sealed class GroupDisabledException() : Exception("group is disabled");
