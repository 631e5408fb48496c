using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Groups;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Groups as modules see them, and why something could not be done with one.</summary>
internal static class GroupRecords
{
    // What clients are told and what modules are told has never been the same; modules may look for these.
    private static readonly Dictionary<string, string> Causes = new()
    {
        [GroupReasons.NameTaken] = "group name in use",
        [GroupReasons.NothingToUpdate] = "no group updates",
        [GroupReasons.NotUpdated] = "group not updated",
        [GroupReasons.UpdateDenied] = "group permission denied",
        [GroupReasons.DeleteDenied] = "group not found",
        [GroupReasons.NotFound] = "group not found",
        [GroupReasons.Full] = "group is full",
        [GroupReasons.LastSuperadmin] = "user is last group superadmin",
        [GroupReasons.UsersNotFound] = "user not found",
    };

    public static ScriptRecord Of(Group group) => new ScriptRecord(12)
        .Add("id", group.Id)
        .Add("creator_id", group.CreatorId)
        .Add("name", group.Name)
        .Add("description", group.Description)
        .Add("avatar_url", group.AvatarUrl)
        .Add("lang_tag", group.LangTag)
        .Add("open", group.Open == true)
        .Add("edge_count", group.EdgeCount)
        .Add("max_count", group.MaxCount)
        .AddIfSet("create_time", group.CreateTime)
        .AddIfSet("update_time", group.UpdateTime)
        .AddJson("metadata", group.Metadata);

    /// <summary>Why something could not be done with a group.</summary>
    /// <param name="error">The refusal.</param>
    /// <param name="callerId">Who wanted it; the empty id for the system.</param>
    public static string CauseOf(Exception error, Guid callerId) => error switch
    {
        GroupDisabledException => "group not found",
        // The system may all, so for it there can only be no such group.
        ApiException { Reason: GroupReasons.Denied } => callerId == Guid.Empty ? "group not found" : "group permission denied",
        ApiException { Reason: { } reason } refusal => Causes.GetValueOrDefault(reason, refusal.Message),
        _ => Cause.Of(error),
    };
}
