using Nakama.Protocol.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// The limits for operators that manage others: they grant no right that they lack, and change no operator that has a right
/// that they lack.
/// </summary>
internal static class OperatorAuthority
{
    /// <exception cref="Errors.ApiException">The rights are empty, or more than the caller's.</exception>
    public static void CheckGiven(this ConsoleOperator caller, ConsoleAcl given)
    {
        if (given.IsEmpty) throw ConsoleErrors.NoPermissions;
        if (!caller.Acl.Covers(given)) throw ConsoleErrors.MoreThanOwn;
    }

    /// <exception cref="Errors.ApiException">The other operator has a right that the caller lacks.</exception>
    public static void CheckTarget(this ConsoleOperator caller, OperatorRow target)
    {
        if (!caller.Acl.Covers(target.Acl)) throw ConsoleErrors.NotPermitted;
    }

    /// <summary>Creating operators requires the right to change them, besides the one of the method.</summary>
    /// <exception cref="Errors.ApiException">The caller may not change operators.</exception>
    public static void CheckMayCreate(this ConsoleOperator caller)
    {
        if (!caller.Acl.Permits(AclResources.User, AclRight.Write)) throw ConsoleErrors.NotPermitted;
    }
}
