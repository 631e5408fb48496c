using System.Text.Json;
using Nakama.Protocol.Console;
using Nakama.Server.Accounts;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>Validates the changes of an operator to an account, before any is applied.</summary>
internal static class AccountEditRules
{
    private const int MaxJsonDepth = 64;

    /// <summary>The checked changes; the caller must hash the password.</summary>
    /// <exception cref="ApiException">A value is not allowed.</exception>
    public static AccountEdit Check(UpdateAccountRequest request)
    {
        if (request.Username is { } username) CheckUsername(username);
        if (request.Metadata is { Length: > 0 } metadata && !IsObject(metadata)) throw ConsoleAccountErrors.MetadataNotObject;
        if (request.Wallet is { Length: > 0 } wallet) CheckWallet(wallet);
        if (request.CustomId is { Length: > 0 } customId) CheckCustomId(customId);
        if (request.Email is { Length: > 0 } email) CheckEmail(email);
        if (request.Password is { Length: > 0 } password && !InputText.HasLength(password, InputText.MinPasswordBytes, int.MaxValue))
            throw ConsoleAccountErrors.PasswordLength;
        foreach (var (old, device) in request.DeviceIds)
        {
            if (!InputText.HasLength(old, InputText.MinDeviceIdBytes, InputText.MaxDeviceIdBytes)) throw ConsoleAccountErrors.OldDeviceIdLength;
            if (device.Length > 0) CheckDeviceId(device);
        }

        return new AccountEdit
        {
            Profile = new AccountChange
            {
                Username = request.Username,
                DisplayName = request.DisplayName,
                AvatarUrl = request.AvatarUrl,
                LangTag = request.LangTag,
                Location = request.Location,
                Timezone = request.Timezone,
                Metadata = request.Metadata,
            },
            Wallet = request.Wallet,
            CustomId = request.CustomId,
            Email = request.Email?.ToLowerInvariant(),
            Devices = request.DeviceIds,
        };
    }

    private static void CheckUsername(string username)
    {
        if (username.Length == 0) throw ConsoleAccountErrors.UsernameEmpty;
        if (InputText.IsBadUsername(username)) throw ConsoleAccountErrors.UsernameCharacters;
        if (!InputText.HasLength(username, 1, InputText.MaxUsernameBytes)) throw ConsoleAccountErrors.UsernameLength;
    }

    private static void CheckCustomId(string id)
    {
        if (InputText.HasSpaceOrControl(id)) throw ConsoleAccountErrors.CustomIdCharacters;
        if (!InputText.HasLength(id, InputText.MinCustomIdBytes, InputText.MaxCustomIdBytes)) throw ConsoleAccountErrors.CustomIdLength;
    }

    private static void CheckDeviceId(string id)
    {
        if (InputText.HasSpaceOrControl(id)) throw ConsoleAccountErrors.DeviceIdCharacters;
        if (!InputText.HasLength(id, InputText.MinDeviceIdBytes, InputText.MaxDeviceIdBytes)) throw ConsoleAccountErrors.DeviceIdLength;
    }

    private static void CheckEmail(string email)
    {
        if (InputText.HasSpaceOrControl(email)) throw ConsoleAccountErrors.EmailCharacters;
        if (!InputText.IsEmail(email)) throw ConsoleAccountErrors.EmailFormat;
        if (!InputText.HasLength(email, InputText.MinEmailBytes, InputText.MaxEmailBytes)) throw ConsoleAccountErrors.EmailLength;
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxJsonDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void CheckWallet(string json)
    {
        if (!IsObject(json)) throw ConsoleAccountErrors.WalletNotObject;
        using var document = JsonDocument.Parse(json);
        foreach (var entry in document.RootElement.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt64(out var amount)) throw ConsoleAccountErrors.WalletNotObject;
            if (amount < 0) throw ConsoleAccountErrors.WalletNegative(entry.Name);
        }
    }
}
