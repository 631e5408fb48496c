using Nakama.Server.Errors;

namespace Nakama.Server.Groups;

/// <summary>Someone disabled the group in the database, and its members cannot change.</summary>
public sealed class GroupDisabledException() : ApiException(StatusCode.FailedPrecondition, "group is disabled");
