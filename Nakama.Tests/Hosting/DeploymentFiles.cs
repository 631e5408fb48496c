using System.Text.RegularExpressions;
using Nakama.Server.Config;
using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Hosting;

/// <summary>The recipes in eng/deploy.</summary>
public sealed partial class DeploymentFiles
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "eng", "deploy");

    [Fact]
    public async Task They_are_what_their_schemas_allow() =>
        Assert.Equal("18 manifests, 14 services", (await NodeScripts.RunAsync("deploy.mjs", Folder)).Trim());

    [Fact]
    public void Every_setting_in_their_environment_is_one_of_the_server()
    {
        var texts = SourceTree.Files("eng/deploy", "*").Select(file => file.Text);
        var names = texts.SelectMany(text => Variable().Matches(text).Select(match => match.Groups[1].Value)).Distinct().ToArray();

        Assert.True(names.Length > 8);
        Assert.Empty(names.Select(name => name.Replace("__", ".", StringComparison.Ordinal).ToLowerInvariant()).Except(FlagTable.ByName.Keys));
    }

    // Names of settings in the environment stand before a colon; other values of the same form are those of the Compose file itself.
    [GeneratedRegex("NAKAMA_([A-Z_]+): ")]
    private static partial Regex Variable();
}
