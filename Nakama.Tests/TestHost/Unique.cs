namespace Nakama.Tests.TestHost;

/// <summary>Names that no other test uses.</summary>
public static class Unique
{
    public static string Id() => Guid.NewGuid().ToString();

    public static string Name(string prefix = "u") => prefix + Guid.NewGuid().ToString("N")[..16];

    public static string Email() => Name() + "@example.com";
}
