using Nakama.Server.Errors;

namespace Nakama.Server.Wallets;

internal static class WalletErrors
{
    public static ApiException UserNotFound => new(StatusCode.NotFound, "user not found");

    public static ApiException LedgerItemNotFound => new(StatusCode.NotFound, "wallet ledger item not found");

    public static ApiException Cursor => new(StatusCode.InvalidArgument, "wallet ledger cursor invalid");

    public static ApiException UsernameTaken => new(StatusCode.AlreadyExists, "Username is already in use.");

    public static ApiException NotWhole(string path) => new(StatusCode.Internal, $"wallet holds no whole number at path '{path}'");
}
