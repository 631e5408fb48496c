using Nakama.Protocol.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>The callers that may use a method of the console API.</summary>
/// <param name="IsOpen">Any caller, without credentials.</param>
/// <param name="IsAny">Any operator.</param>
/// <param name="Resource">
/// The resource that the caller needs a right for; null together with the others means full administrators only.
/// </param>
/// <param name="Right">The right that the caller needs.</param>
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
