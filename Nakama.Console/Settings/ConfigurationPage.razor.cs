using System.Text.Json;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Editing;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Settings;

/// <summary>The node's settings, flat and searchable, with its warnings on top.</summary>
public sealed partial class ConfigurationPage(NodeClient node)
{
    private Config? _config;
    private List<(string Name, string Value)> _settings = [];
    private Dictionary<string, SettingSource> _sources = [];
    private string? _error;
    private string _text = "";

    private List<(string Name, string Value)> Shown =>
        _settings.FindAll(setting =>
            setting.Name.Contains(_text, StringComparison.OrdinalIgnoreCase) || setting.Value.Contains(_text, StringComparison.OrdinalIgnoreCase)
            || KindOf(setting.Name).Contains(_text, StringComparison.OrdinalIgnoreCase));

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (RendererInfo.IsInteractive && May(AclResources.Configuration, Right.Read)) await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _error = null;
        try
        {
            _config = await node.GetAsync<Config>(NodePath.Of("/config"), Closed);
            var sources = await node.GetAsync<SettingSourceList>(NodePath.Of("/live/setting"), Closed);
            _sources = sources.Settings.ToDictionary(static setting => setting.Name, StringComparer.Ordinal);
            using var document = JsonDocument.Parse(_config.Config_);
            _settings = [];
            Flatten(document.RootElement, "");
        }
        catch (NodeException error)
        {
            _error = error.Message;
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(Navigation);
        }
        catch (JsonException)
        {
            _error = "The node's settings cannot be read.";
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }
    }

    private async Task ExportAsync()
    {
        var isAdmin = (await SignedIn.FindAsync())?.IsAdmin == true;
        if (await Dialogs.OpenAsync<ConfigurationExport>("Download the configuration", (nameof(ConfigurationExport.MayHaveSecrets), isAdmin)) is not int withheld) return;
        Toasts.Add(withheld == 0 ? "Downloaded" : $"Downloaded; {Figures.Count(withheld)} secret settings are left out", Severity.Success);
    }

    /// <summary>Empty for what is not a setting of its own.</summary>
    private string KindOf(string name) => _sources.GetValueOrDefault(name)?.Kind ?? "";

    private void Flatten(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            _settings.Add((name, element.ToString()));
            return;
        }

        foreach (var property in element.EnumerateObject())
            Flatten(property.Value, name.Length == 0 ? property.Name : $"{name}.{property.Name}");
    }
}
