using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi;

/// <summary>The management of operators by operators: accounts and their rights.</summary>
internal sealed class ConsoleUsersApi(ConsoleOptions options, OperatorStore users, ConsoleTokens tokens) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        api.Map<Empty, UserList>("ListUsers", async (_, _, cancellationToken) =>
            new UserList { Users = { (await users.ListAsync(cancellationToken)).Select(ToMessage) } });
        api.Map<Username, User>("GetUser", GetAsync);
        api.Map<AddUserRequest, AddUserResponse>("AddUser", AddAsync);
        api.Map<UpdateUserRequest, User>("UpdateUser", UpdateAsync);
        api.Map<Username, Empty>("DeleteUser", DeleteAsync);
    }

    private async ValueTask<User> GetAsync(ApiCall call, Username request, CancellationToken cancellationToken) =>
        await users.FindAsync(request.Username_, cancellationToken) is { IsRoot: false } user ? ToMessage(user) : throw ConsoleErrors.UserNotFound;

    private async ValueTask<AddUserResponse> AddAsync(ApiCall call, AddUserRequest request, CancellationToken cancellationToken)
    {
        var caller = (ConsoleOperator)call.Operator!;
        var (username, email, acl) = ConsoleUserRules.Check(request, caller, options.Username);
        caller.CheckMayCreate();
        caller.CheckGiven(acl);
        var (user, isNew) = await users.SaveAsync(username, email, acl, request.MfaRequired, caller.CheckTarget, cancellationToken);
        // An existing operator keeps the password, and has different rights from now on.
        if (!isNew) await tokens.InvalidateAsync(user.Id, CancellationToken.None);

        var answer = new AddUserResponse { User = ToMessage(user), Token = tokens.IssueReset(user, email, user.CreatedAt) };
        answer.User.Email = email;
        answer.User.Acl.Clear();
        answer.User.Acl.Add(request.Acl);
        return answer;
    }

    private async ValueTask<User> UpdateAsync(ApiCall call, UpdateUserRequest request, CancellationToken cancellationToken)
    {
        var caller = (ConsoleOperator)call.Operator!;
        if (request.Username == caller.Username) throw ConsoleErrors.OwnConfiguration;
        var acl = ConsoleAcl.FromMessage(request.Acl);
        caller.CheckGiven(acl);
        var user = await users.SetAclAsync(request.Username, acl, target => Check(caller, target, ConsoleErrors.UserToChangeNotFound), cancellationToken)
            ?? throw ConsoleErrors.UserToChangeNotFound;
        await tokens.InvalidateAsync(user.Id, CancellationToken.None);
        return ToMessage(user);
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, Username request, CancellationToken cancellationToken)
    {
        var caller = (ConsoleOperator)call.Operator!;
        if (request.Username_ == caller.Username) throw ConsoleErrors.OwnUser;
        var user = await users.DeleteAsync(request.Username_, target => Check(caller, target, ConsoleErrors.UserToDeleteNotFound), cancellationToken)
            ?? throw ConsoleErrors.UserToDeleteNotFound;
        await tokens.InvalidateAsync(user.Id, CancellationToken.None);
        return new Empty();
    }

    private static void Check(ConsoleOperator caller, OperatorRow target, Errors.ApiException notFound)
    {
        if (target.IsRoot) throw notFound;
        caller.CheckTarget(target);
    }

    private static User ToMessage(OperatorRow user)
    {
        var wire = new User
        {
            Id = user.Id.ToString(),
            Username = user.Username,
            Email = user.Email,
            MfaRequired = user.MfaRequired,
            MfaEnabled = user.MfaEnabled,
            CreateTime = user.CreatedAt.ToTimestamp(),
            UpdateTime = user.UpdatedAt.ToTimestamp(),
        };
        user.Acl.WriteTo(wire.Acl);
        return wire;
    }
}
