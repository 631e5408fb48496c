namespace Nakama.Server.Groups;

/// <summary>Distinguishes the errors of groups for game logic, which gets messages of its own.</summary>
public static class GroupReasons
{
    public const string NameTaken = "NAME_TAKEN";
    public const string NothingToUpdate = "NOTHING_TO_UPDATE";
    public const string NotUpdated = "NOT_UPDATED";
    public const string UpdateDenied = "UPDATE_DENIED";
    public const string DeleteDenied = "DELETE_DENIED";
    public const string NotFound = "NOT_FOUND";
    public const string Full = "FULL";
    public const string LastSuperadmin = "LAST_SUPERADMIN";
    public const string Denied = "DENIED";
    public const string UsersNotFound = "USERS_NOT_FOUND";
}
