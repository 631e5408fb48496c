using System.Globalization;

namespace Nakama.Server.Database;

/// <summary>Every migration this server knows, oldest first.</summary>
internal static class MigrationCatalog
{
    private const string Folder = "migrations/";

    private static readonly Lazy<IReadOnlyList<Migration>> Loaded = new(Load);

    public static IReadOnlyList<Migration> All => Loaded.Value;

    private static Migration[] Load()
    {
        var assembly = typeof(MigrationCatalog).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => MigrationFile.Parse(name[Folder.Length..], Read(name)))
            .OrderBy(migration => Number(migration.Id))
            .ThenBy(migration => migration.Id, StringComparer.Ordinal)];

        string Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }

    private static long Number(string id) =>
        long.Parse(id.AsSpan(0, id.AsSpan().IndexOfAnyExceptInRange('0', '9')), CultureInfo.InvariantCulture);
}
