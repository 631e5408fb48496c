using System.Text;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Database;

namespace Nakama.Server.Accounts;

/// <summary>What an export must have to be imported.</summary>
internal static class AccountImportRules
{
    private const int MaxNameBytes = 128;
    private const int MaxDevices = 1000;

    /// <exception cref="Errors.ApiException">The data is not valid.</exception>
    public static void Check(AccountExport? data)
    {
        if (data?.Account?.User is not { } user) throw AccountErrors.ImportWithoutAccount;
        if (!JsonbText.IsObject(user.Metadata)) throw AccountErrors.ImportRefused("metadata must be a JSON object");
        if (!JsonbText.IsObject(data.Account.Wallet)) throw AccountErrors.ImportRefused("wallet must be a JSON object");
    }

    /// <exception cref="Errors.ApiException">No account can be made of the data.</exception>
    public static void CheckNew(AccountExport data)
    {
        var (account, user) = (data.Account, data.Account.User);
        if (Encoding.UTF8.GetByteCount(user.Username) is 0 or > MaxNameBytes) throw AccountErrors.UsernameLength;
        if (account.Devices.Count > MaxDevices) throw AccountErrors.ImportRefused($"there must be at most {MaxDevices} devices");
        if (account.Devices.Any(static device => Encoding.UTF8.GetByteCount(device.Id) is 0 or > MaxNameBytes))
            throw AccountErrors.ImportRefused($"device ids must have 1-{MaxNameBytes} bytes");
        foreach (var time in (ReadOnlySpan<Timestamp?>)[user.CreateTime, user.UpdateTime, account.VerifyTime, account.DisableTime]) Time(time);
    }

    /// <summary>The stored form of a time; without one the epoch, which means "not set".</summary>
    /// <exception cref="Errors.ApiException">No such time can be stored.</exception>
    public static DateTime Time(Timestamp? time)
    {
        if (time is null) return DatabaseTime.Epoch;
        try
        {
            return time.ToDateTime() is var instant && instant <= DatabaseTime.Latest ? instant : throw AccountErrors.ImportRefused("a time is out of range");
        }
        catch (InvalidOperationException)
        {
            throw AccountErrors.ImportRefused("a time is out of range");
        }
    }
}
