using Nakama.Protocol.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>Who may call a method of the console API.</summary>
/// <param name="IsOpen">Anyone, without credentials.</param>
/// <param name="IsAny">Any operator.</param>
/// <param name="Resource">The resource that must be permitted; null together with the others means full administrators only.</param>
/// <param name="Right">What must be permitted of it.</param>
public sealed record ConsoleRule(bool IsOpen, bool IsAny, AclResources? Resource, AclRight Right)
{
    public static readonly ConsoleRule Open = new(true, false, null, AclRight.Read);
    public static readonly ConsoleRule Any = new(false, true, null, AclRight.Read);
    public static readonly ConsoleRule Admin = new(false, false, null, AclRight.Read);

    public static ConsoleRule Read(AclResources resource) => new(false, false, resource, AclRight.Read);

    public static ConsoleRule Write(AclResources resource) => new(false, false, resource, AclRight.Write);

    public static ConsoleRule Delete(AclResources resource) => new(false, false, resource, AclRight.Delete);

    public bool Permits(ConsoleAcl acl) =>
        IsOpen || IsAny || (Resource is { } resource ? acl.Permits(resource, Right) : acl.IsAdmin);
}
