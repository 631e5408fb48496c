using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Security;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>Reading accounts and changing the caller's own.</summary>
internal sealed class AccountsApi(AccountStore store, AccountDeletion deletion) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<Empty, Account>("GetAccount", GetAsync, new("Reading an account", static () => AccountErrors.GetFailed));
        api.Map<UpdateAccountRequest, Empty>("UpdateAccount", UpdateAsync, new("Changing an account", static () => AccountErrors.UpdateFailed));
        api.Map<Empty, Empty>("DeleteAccount", DeleteAsync, new("Deleting an account", static () => AccountErrors.DeleteFailed));
        api.Map<GetUsersRequest, Users>("GetUsers", GetUsersAsync, new("Reading users", static () => AccountErrors.UsersFailed));
    }

    private async ValueTask<Account> GetAsync(ApiCall call, Empty request, CancellationToken cancellationToken)
    {
        var account = await store.GetAsync(call.UserId, cancellationToken) ?? throw AccountErrors.NotFound;
        account.DisableTime = null;
        return account;
    }

    private async ValueTask<Empty> UpdateAsync(ApiCall call, UpdateAccountRequest request, CancellationToken cancellationToken)
    {
        if (request.Username is { } username)
        {
            if (!InputText.HasLength(username, 1, InputText.MaxUsernameBytes)) throw AccountErrors.UsernameLength;
            if (InputText.IsBadUsername(username)) throw AccountErrors.UsernameCharacters;
        }

        var change = new AccountChange
        {
            Username = request.Username,
            DisplayName = request.DisplayName,
            AvatarUrl = request.AvatarUrl,
            LangTag = request.LangTag,
            Location = request.Location,
            Timezone = request.Timezone,
        };
        if (change.IsEmpty) throw AccountErrors.NothingToUpdate;

        try
        {
            await store.UpdateAsync(call.UserId, change, cancellationToken);
            return Done;
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e, AccountConstraints.Username))
        {
            throw AccountErrors.UsernameTaken;
        }
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, Empty request, CancellationToken cancellationToken)
    {
        if (call.UserId == Guid.Empty) throw AccountErrors.DeleteFailed;
        await deletion.DeleteAsync(call.UserId, isRecorded: false, cancellationToken);
        return Done;
    }

    private async ValueTask<Users> GetUsersAsync(ApiCall call, GetUsersRequest request, CancellationToken cancellationToken)
    {
        if (request.Ids.Count == 0 && request.Usernames.Count == 0 && request.FacebookIds.Count == 0)
        {
            call.SkipAfterHook = true;
            return new Users();
        }

        var ids = new List<Guid>(request.Ids.Count);
        foreach (var text in request.Ids) ids.Add(UuidText.TryParse(text, out var id) ? id : throw AccountErrors.BadUserId(text));
        return await store.GetUsersAsync(ids, request.Usernames, request.FacebookIds, cancellationToken);
    }
}
