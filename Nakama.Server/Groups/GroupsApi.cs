using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;

namespace Nakama.Server.Groups;

/// <summary>Groups: listing, creating, changing, deleting.</summary>
internal sealed class GroupsApi(GroupActions actions, GroupSearch search) : IApiFeature
{
    private const int MaxLimit = 100;

    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<ListGroupsRequest, GroupList>("ListGroups", ListAsync, new("Listing groups", static () => GroupErrors.ListFailed));
        api.Map<CreateGroupRequest, Group>("CreateGroup", CreateAsync, new("Creating a group", static () => GroupErrors.CreateFailed));
        api.Map<UpdateGroupRequest, Empty>("UpdateGroup", UpdateAsync, new("Changing a group", static () => GroupErrors.UpdateFailed));
        api.Map<DeleteGroupRequest, Empty>("DeleteGroup", DeleteAsync, new("Deleting a group", static () => GroupErrors.DeleteFailed));
    }

    private async ValueTask<GroupList> ListAsync(ApiCall call, ListGroupsRequest request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? 1;
        if (limit is < 1 or > MaxLimit) throw GroupErrors.Limit;
        var filter = new GroupFilter { Name = request.Name, LangTag = request.LangTag, Members = request.Members, IsOpen = request.Open };
        return await search.ListAsync(filter, limit, request.Cursor, cancellationToken);
    }

    private async ValueTask<Group> CreateAsync(ApiCall call, CreateGroupRequest request, CancellationToken cancellationToken)
    {
        if (request.Name.Length == 0) throw GroupErrors.NameRequired;
        if (request.MaxCount < 0) throw GroupErrors.MaxCount;
        var draft = new GroupRequest
        {
            OwnerId = call.UserId,
            CreatorId = call.UserId,
            Name = request.Name,
            Description = request.Description,
            AvatarUrl = request.AvatarUrl,
            LangTag = request.LangTag,
            IsOpen = request.Open,
            MaxCount = request.MaxCount == 0 ? GroupRequest.DefaultMaxCount : request.MaxCount,
        };
        return await actions.CreateAsync(draft, cancellationToken);
    }

    private async ValueTask<Empty> UpdateAsync(ApiCall call, UpdateGroupRequest request, CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(request.GroupId);
        if (request.Name is "") throw GroupErrors.NewNameEmpty;
        if (request.LangTag is "") throw GroupErrors.NewLangTagEmpty;
        var change = new GroupChange
        {
            Name = request.Name,
            Description = request.Description,
            AvatarUrl = request.AvatarUrl,
            LangTag = request.LangTag,
            IsOpen = request.Open,
        };
        await actions.UpdateAsync(call.UserId, groupId, change, cancellationToken);
        return Done;
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteGroupRequest request, CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(request.GroupId);
        await actions.DeleteAsync(call.UserId, groupId, cancellationToken);
        return Done;
    }
}
