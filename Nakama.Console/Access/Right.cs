namespace Nakama.Console.Access;

/// <summary>What an operator may do with a resource.</summary>
public enum Right
{
    Read = 0,
    Write = 1,
    Delete = 2,
}
