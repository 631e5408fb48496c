using Nakama.Server.Accounts;
using Nakama.Server.Database;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Accounts and users.</summary>
internal sealed class AccountFunctions(AccountStore store) : IFunctionFamily
{
    public string Name => "Accounts";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("account_get_id", "An account by its id.")
            .Id("user_id", whenInvalid: "invalid user id", whenEmpty: "expects user id")
            .Returns("account").Does(GetAsync);
        functions.Function("users_get_id", "The users with the ids or Facebook ids; unknown ones are left out.")
            .OptionalTable("user_ids").OptionalTable("facebook_ids")
            .Returns("users").Does(UsersByIdAsync);
        functions.Function("users_get_username", "The users with the names; unknown ones are left out.")
            .Table("usernames").Returns("users").Does(UsersByNameAsync);
    }

    private async ValueTask<HostValue> GetAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var id = call.Id(0);
        try
        {
            return await store.GetAsync(id, cancellationToken) is { } account ? HostValue.Of(AccountRecords.Of(account)) : throw Failed("account not found");
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            throw Failed(Cause.Of(e));
        }

        FunctionFault Failed(string cause) => new(new($"failed to get account for user_id {id}: {cause}", $"error getting account: {cause}"));
    }

    private ValueTask<HostValue> UsersByIdAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        if (call.Has(0) && call.Table(0).IsEmpty) throw call.Refuse(0, "invalid user ids list");
        if (call.Has(1) && call.Table(1).IsEmpty) throw call.Refuse(1, "invalid facebook ids list");
        var ids = call.Has(0) ? call.Ids(0, "each user id must be a valid id string") : [];
        var facebookIds = call.Has(1) ? call.Texts(1, "each facebook id must be a string") : [];
        return UsersAsync(ids, [], facebookIds, cancellationToken);
    }

    private ValueTask<HostValue> UsersByNameAsync(FunctionCall call, CancellationToken cancellationToken) =>
        UsersAsync([], call.Texts(0, "each username must be a string"), [], cancellationToken);

    private async ValueTask<HostValue> UsersAsync(List<Guid> ids, List<string> names, List<string> facebookIds, CancellationToken cancellationToken)
    {
        if (ids.Count + names.Count + facebookIds.Count == 0) return HostValue.Of(new List<HostValue>());
        try
        {
            var users = await store.GetUsersAsync(ids, names, facebookIds, cancellationToken);
            return HostValue.Of(users.Users_.Select(static user => HostValue.Of(AccountRecords.Of(user))).ToList());
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            throw new FunctionFault($"failed to get users: {Cause.Of(e)}");
        }
    }
}
