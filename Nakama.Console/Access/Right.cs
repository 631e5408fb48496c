namespace Nakama.Console.Access;

/// <summary>The rights of an operator for a resource.</summary>
public enum Right
{
    Read = 0,
    Write = 1,
    Delete = 2,
}
