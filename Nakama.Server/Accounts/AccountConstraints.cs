namespace Nakama.Server.Accounts;

/// <summary>The unique constraints that identify the value that conflicts with another row.</summary>
public static class AccountConstraints
{
    public const string Username = "users_username_key";

    public const string Email = "users_email_key";

    public const string CustomId = "users_custom_id_key";

    public const string Device = "user_device_pkey";
}
