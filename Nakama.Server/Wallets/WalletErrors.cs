using Nakama.Server.Errors;

namespace Nakama.Server.Wallets;

internal static class WalletErrors
{
    public static ApiError UserNotFound => new(StatusCode.NotFound, "user not found");

    public static ApiError LedgerItemNotFound => new(StatusCode.NotFound, "wallet ledger item not found");

    public static ApiError Cursor => new(StatusCode.InvalidArgument, "wallet ledger cursor invalid");

    public static ApiError UsernameTaken => new(StatusCode.AlreadyExists, "Username is already in use.");

    public static ApiError NotWhole(string path) => new(StatusCode.Internal, $"wallet holds no whole number at path '{path}'");
}
