using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>What a profile of <c>Properties/launchSettings.json</c> gives a project.</summary>
internal sealed record LaunchProfile(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<Uri> Urls)
{
    private static readonly LaunchProfile Empty = new(new Dictionary<string, string>(), []);

    /// <summary>The named profile, else the first one that starts the project.</summary>
    public static LaunchProfile Read(string projectPath, string? name)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(file)) return Empty;

        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var profiles = json.RootElement.GetProperty("profiles").EnumerateObject()
            .Where(one => one.Value.GetProperty("commandName").GetString() == "Project").ToList();
        if (profiles.Count == 0) return Empty;

        var profile = profiles.Where(one => one.Name == name).Concat(profiles).First().Value;
        var variables = profile.TryGetProperty("environmentVariables", out var given)
            ? given.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString() ?? "")
            : [];
        var urls = profile.TryGetProperty("applicationUrl", out var url)
            ? url.GetString()!.Split(';').Select(one => new Uri(one)).ToList()
            : [];
        return new(variables, urls);
    }
}
