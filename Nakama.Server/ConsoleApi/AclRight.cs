namespace Nakama.Server.ConsoleApi;

/// <summary>What an operator may do with a resource, by its place in the bitmap.</summary>
public enum AclRight
{
    Read = 0,
    Write = 1,
    Delete = 2,
}
