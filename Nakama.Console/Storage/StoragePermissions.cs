using System.Globalization;

namespace Nakama.Console.Storage;

/// <summary>The permissions of storage objects, in words.</summary>
internal static class StoragePermissions
{
    public static readonly IReadOnlyList<string> Reads = ["No read", "Owner read", "Public read"];
    public static readonly IReadOnlyList<string> Writes = ["No write", "Owner write"];

    public static string Read(int permission) => Name(Reads, permission);

    public static string Write(int permission) => Name(Writes, permission);

    private static string Name(IReadOnlyList<string> names, int permission) =>
        permission >= 0 && permission < names.Count ? names[permission] : permission.ToString(CultureInfo.InvariantCulture);
}
