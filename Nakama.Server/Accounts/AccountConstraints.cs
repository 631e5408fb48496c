namespace Nakama.Server.Accounts;

/// <summary>The unique constraints that tell what a refused row had in common with another.</summary>
public static class AccountConstraints
{
    public const string Username = "users_username_key";

    public const string Email = "users_email_key";

    public const string CustomId = "users_custom_id_key";

    public const string Device = "user_device_pkey";
}
