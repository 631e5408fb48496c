using Nakama.Server.Errors;
using Nakama.Server.Groups;
using Nakama.Server.Wire.Api;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Groups as modules see them, and why something could not be done with one.</summary>
internal static class GroupRecords
{
    // What clients are told and what modules are told has never been the same; modules may look for these.
    private static readonly Dictionary<string, string> Causes = new()
    {
        [GroupErrors.NameTaken.Message] = "group name in use",
        [GroupErrors.NothingToUpdate.Message] = "no group updates",
        [GroupErrors.NotUpdated.Message] = "group not updated",
        [GroupErrors.UpdateDenied.Message] = "group permission denied",
        [GroupErrors.DeleteDenied.Message] = "group not found",
        [GroupErrors.NotFound.Message] = "group not found",
        [GroupErrors.Full.Message] = "group is full",
        [GroupErrors.LastSuperadmin.Message] = "user is last group superadmin",
        [GroupErrors.UsersNotFound.Message] = "user not found",
    };

    public static HostRecord Of(Group group) => new HostRecord(12)
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
        ApiError refusal when refusal.Message == GroupErrors.Denied.Message => callerId == Guid.Empty ? "group not found" : "group permission denied",
        ApiError refusal => Causes.GetValueOrDefault(refusal.Message, refusal.Message),
        _ => Cause.Of(error),
    };
}
