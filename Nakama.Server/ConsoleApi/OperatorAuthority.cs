using Nakama.Protocol.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// What an operator may do with the accounts of others: give no right of which they lack any, and change nobody who has one
/// that they lack.
/// </summary>
internal static class OperatorAuthority
{
    /// <exception cref="Errors.ApiException">The rights are none, or more than the caller's.</exception>
    public static void CheckGiven(this ConsoleOperator caller, ConsoleAcl given)
    {
        if (given.IsEmpty) throw ConsoleErrors.NoPermissions;
        if (!caller.Acl.Covers(given)) throw ConsoleErrors.MoreThanOwn;
    }

    /// <exception cref="Errors.ApiException">The other one may do more than the caller.</exception>
    public static void CheckTarget(this ConsoleOperator caller, OperatorRow target)
    {
        if (!caller.Acl.Covers(target.Acl)) throw ConsoleErrors.NotPermitted;
    }

    /// <summary>Making operators takes the right to change them, beside the one that the method asks for.</summary>
    /// <exception cref="Errors.ApiException">The caller may not change operators.</exception>
    public static void CheckMayCreate(this ConsoleOperator caller)
    {
        if (!caller.Acl.Permits(AclResources.User, AclRight.Write)) throw ConsoleErrors.NotPermitted;
    }
}
