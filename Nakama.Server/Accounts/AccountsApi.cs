using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Security;
using Nakama.Server.Wire.Api;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>What users may see of accounts and do with their own.</summary>
internal sealed class AccountsApi(AccountStore store, AccountDeletion deletion, ILogger<AccountsApi> log) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<Empty, Account>("GetAccount", GetAsync);
        api.Map<UpdateAccountRequest, Empty>("UpdateAccount", UpdateAsync);
        api.Map<Empty, Empty>("DeleteAccount", DeleteAsync);
        api.Map<GetUsersRequest, Users>("GetUsers", GetUsersAsync);
    }

    private async ValueTask<Account> GetAsync(ApiCall call, Empty request, CancellationToken cancellationToken)
    {
        try
        {
            var account = await store.GetAsync(call.UserId, cancellationToken) ?? throw AccountErrors.NotFound;
            account.DisableTime = null;
            return account;
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            AccountLog.StatementFailed(log, e, "Reading an account");
            throw AccountErrors.GetFailed;
        }
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
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            AccountLog.StatementFailed(log, e, "Changing an account");
            throw AccountErrors.UpdateFailed;
        }
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, Empty request, CancellationToken cancellationToken)
    {
        if (call.UserId == Guid.Empty) throw AccountErrors.DeleteFailed;
        try
        {
            await deletion.DeleteAsync(call.UserId, isRecorded: false, cancellationToken);
            return Done;
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            AccountLog.StatementFailed(log, e, "Deleting an account");
            throw AccountErrors.DeleteFailed;
        }
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
        try
        {
            return await store.GetUsersAsync(ids, request.Usernames, request.FacebookIds, cancellationToken);
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            AccountLog.StatementFailed(log, e, "Reading users");
            throw AccountErrors.UsersFailed;
        }
    }
}
