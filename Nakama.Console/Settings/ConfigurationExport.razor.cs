using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Nakama.Console.Editing;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Live;

namespace Nakama.Console.Settings;

/// <summary>Saves the node's settings as a file. Its result is the number of secrets that are not in it.</summary>
public sealed partial class ConfigurationExport(NodeClient node, IJSRuntime browser) : PanelForm
{
    private ElementReference _first;
    private string _format = "yaml";
    private bool _withDefaults;
    private bool _withSecrets;

    /// <summary>Whether the operator may have passwords and keys in the file.</summary>
    [Parameter]
    public bool MayHaveSecrets { get; set; }

    protected override bool IsChanged => false;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _first.FocusAsync();
    }

    private Task SaveAsync() => SaveAsync(null, async () =>
    {
        var request = new ExportConfigRequest { Format = _format, WithDefaults = _withDefaults, WithSecrets = _withSecrets };
        var file = await node.PostAsync<ConfigExport>(NodePath.Of("/live/setting/export"), request, CancellationToken.None);
        var (name, mediaType) = _format == "json" ? ("nakama.json", "application/json") : ("nakama.yml", "application/yaml");
        await BrowserFile.SaveAsync(browser, name, mediaType, file.Content, CancellationToken.None);
        return (object?)file.Withheld.Count;
    });
}
