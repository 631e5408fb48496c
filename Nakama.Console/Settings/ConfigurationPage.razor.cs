using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Settings;

/// <summary>The node's settings, flat and searchable, with its warnings on top.</summary>
public sealed partial class ConfigurationPage(NodeClient node, Operator signedIn, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private Config? _config;
    private List<(string Name, string Value)> _settings = [];
    private string? _fault;
    private string _text = "";
    private bool _denied;

    private List<(string Name, string Value)> Shown =>
        _settings.FindAll(setting =>
            setting.Name.Contains(_text, StringComparison.OrdinalIgnoreCase) || setting.Value.Contains(_text, StringComparison.OrdinalIgnoreCase));

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _denied = !await signedIn.MayAsync(AclResources.Configuration, Right.Read);
        if (!_denied && RendererInfo.IsInteractive) await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _fault = null;
        try
        {
            _config = await node.GetAsync<Config>("/v2/console/config", _closed.Token);
            using var document = JsonDocument.Parse(_config.Config_);
            _settings = [];
            Flatten(document.RootElement, "");
        }
        catch (NodeException error)
        {
            _fault = error.Message;
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(navigation);
        }
        catch (JsonException)
        {
            _fault = "The node's settings cannot be read.";
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }
    }

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
