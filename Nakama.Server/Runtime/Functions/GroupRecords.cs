using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Groups;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Converts groups to their form for modules, and group errors to their causes.</summary>
internal static class GroupRecords
{
    // Clients and modules get different messages, for compatibility; modules may compare these.
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

    public static ScriptRecord Of(Group group) => ScriptRecord.Showing(group, static (source, _) => Show((Group)source));

    private static ScriptRecord Show(Group group) => new ScriptRecord(12)
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

    /// <summary>The reason why an operation on a group failed.</summary>
    /// <param name="error">The error.</param>
    /// <param name="callerId">The caller; the empty id for the system.</param>
    public static string CauseOf(Exception error, Guid callerId) => error switch
    {
        GroupDisabledException => "group not found",
        // The system has all permissions, so for it the group must be missing.
        ApiException { Reason: GroupReasons.Denied } => callerId == Guid.Empty ? "group not found" : "group permission denied",
        ApiException { Reason: { } reason } refusal => Causes.GetValueOrDefault(reason, refusal.Message),
        _ => Cause.Of(error),
    };
}
