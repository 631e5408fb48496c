using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Accounts: the user, the wallet and the credentials.</summary>
public interface IAccounts
{
    /// <summary>An account by its id.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("account_get_id")]
    Task<Account> GetAsync(Guid userId, CancellationToken cancellationToken = default);

    /// <summary>The accounts with the ids or devices; unknown ones are left out.</summary>
    /// <param name="userIds">The users.</param>
    /// <param name="deviceIds">Devices; their accounts are returned too.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The accounts that exist.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("accounts_get_id")]
    Task<IReadOnlyList<Account>> GetManyAsync(
        IReadOnlyCollection<Guid> userIds, IReadOnlyCollection<string>? deviceIds = null, CancellationToken cancellationToken = default);

    /// <summary>Changes a profile; metadata is replaced as a whole, and an empty text clears a value.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="change">What changes; null members keep their value.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("account_update_id")]
    Task UpdateAsync(Guid userId, AccountChange change, CancellationToken cancellationToken = default);

    /// <summary>Deletes an account with all that belongs to it.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="recorded">Whether it is remembered that there was one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("account_delete_id")]
    Task DeleteAsync(Guid userId, bool recorded = false, CancellationToken cancellationToken = default);

    /// <summary>Everything that the server stores about an account.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON that <see cref="ImportAsync"/> reads.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("account_export_id")]
    Task<string> ExportAsync(Guid userId, CancellationToken cancellationToken = default);

    /// <summary>Restores an exported account.</summary>
    /// <param name="data">What <see cref="ExportAsync"/> returned.</param>
    /// <param name="userId">The user to write to; null for the user of the export.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("account_import_id")]
    Task<Account> ImportAsync(string data, Guid? userId = null, CancellationToken cancellationToken = default);
}
