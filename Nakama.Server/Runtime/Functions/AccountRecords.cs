using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Converts accounts and users to their form for modules.</summary>
internal static class AccountRecords
{
    public static ScriptRecord Of(User user) => ScriptRecord.Showing(user, static (source, _) => AddUser(new ScriptRecord(20), (User)source));

    public static ScriptRecord Of(Account account, ScriptLanguage language) =>
        ScriptRecord.Showing(account, language, static (source, language) => Show((Account)source, language));

    /// <summary>In Lua, the fields of the user are repeated in the account itself.</summary>
    private static ScriptRecord Show(Account account, ScriptLanguage language)
    {
        var record = (language == ScriptLanguage.Lua ? AddUser(new ScriptRecord(30), account.User) : new ScriptRecord(8))
            .Add("user", Of(account.User))
            .AddJson("wallet", account.Wallet)
            .AddIfSet("email", account.Email);
        if (account.Devices.Count > 0)
            record.Add("devices", ScriptValue.Of(account.Devices.Select(static device => ScriptValue.Of(new ScriptRecord(1).Add("id", device.Id))).ToList()));
        return record
            .AddIfSet("custom_id", account.CustomId)
            .AddIfSet("verify_time", account.VerifyTime)
            .AddIfSet("disable_time", account.DisableTime);
    }

    private static ScriptRecord AddUser(ScriptRecord record, User user) => record
        .Add("user_id", user.Id)
        .Add("username", user.Username)
        .Add("display_name", user.DisplayName)
        .Add("avatar_url", user.AvatarUrl)
        .Add("lang_tag", user.LangTag)
        .Add("location", user.Location)
        .Add("timezone", user.Timezone)
        .AddIfSet("apple_id", user.AppleId)
        .AddIfSet("facebook_id", user.FacebookId)
        .AddIfSet("facebook_instant_game_id", user.FacebookInstantGameId)
        .AddIfSet("google_id", user.GoogleId)
        .AddIfSet("gamecenter_id", user.GamecenterId)
        .AddIfSet("steam_id", user.SteamId)
        .Add("online", user.Online)
        .Add("edge_count", user.EdgeCount)
        .AddIfSet("create_time", user.CreateTime)
        .AddIfSet("update_time", user.UpdateTime)
        .AddJson("metadata", user.Metadata);
}
