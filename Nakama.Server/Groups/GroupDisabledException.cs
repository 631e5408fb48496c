using Nakama.Server.Errors;

namespace Nakama.Server.Groups;

/// <summary>The group is disabled in the database, and its members cannot change.</summary>
public sealed class GroupDisabledException() : ApiException(StatusCode.FailedPrecondition, "group is disabled");
