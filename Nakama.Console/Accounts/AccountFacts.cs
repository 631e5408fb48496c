using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using AccountDetail = Nakama.Protocol.Console.Account;

namespace Nakama.Console.Accounts;

/// <summary>Values that pages derive from the messages about accounts.</summary>
public static class AccountFacts
{
    private const string SystemId = "00000000-0000-0000-0000-000000000000";

    /// <summary>Whether this is the system user's account.</summary>
    public static bool IsSystem(this User user) => user.Id == SystemId;

    public static bool IsBanned(this AccountDetail detail) => IsSet(detail.DisableTime);

    public static bool IsEmailVerified(this Account account) => IsSet(account.VerifyTime);

    /// <summary>The initial shown for a user without a picture.</summary>
    public static string Initial(this User user) => user.Username.Length > 0 ? user.Username[..1].ToUpperInvariant() : "S";

    private static bool IsSet(Timestamp? time) => time?.Seconds > 0;
}
