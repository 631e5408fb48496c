namespace Nakama.Server.Wallets;

/// <summary>A change of one wallet.</summary>
/// <param name="UserId">Whose wallet.</param>
/// <param name="Changeset">What to add, by name; negative amounts take away.</param>
/// <param name="Metadata">A JSON object that goes to the ledger with the change.</param>
public sealed record WalletUpdate(Guid UserId, IReadOnlyDictionary<string, long> Changeset, string Metadata = WalletUpdate.NoMetadata)
{
    public const string NoMetadata = "{}";
}
