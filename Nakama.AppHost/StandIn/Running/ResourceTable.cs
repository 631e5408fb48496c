using System.Text;

namespace Aspire.Hosting.Running;

/// <summary>Shows how the resources are doing: a line for each change, and on a terminal a table once things settle.</summary>
internal sealed class ResourceTable
{
    private readonly IReadOnlyList<Resource> _resources;
    private readonly Terminal _terminal;
    private readonly Lock _showing = new();
    private string _shown = "";

    public ResourceTable(IReadOnlyList<Resource> resources, Terminal terminal)
    {
        _resources = resources;
        _terminal = terminal;
        terminal.Introduce(resources.Select(resource => resource.Name));
        foreach (var resource in resources) resource.Status.Changed += () => Show(resource);
    }

    /// <summary>The words for a state, as people read them.</summary>
    public static string Words(ResourceStatus status) => status.State switch
    {
        ResourceState.Finished => "finished",
        ResourceState.Failed when status.ExitCode is { } code => $"ended with exit code {code}",
        var state => state.ToString().ToLowerInvariant(),
    };

    private void Show(Resource resource)
    {
        lock (_showing)
        {
            _terminal.Line(resource.Name, Words(resource.Status));
            if (!_resources.All(IsSettled) || Text() is var text && text == _shown) return;
            _shown = text;
            _terminal.Say(text);
        }
    }

    private static bool IsSettled(Resource resource) =>
        resource.Status.State is ResourceState.Ready or ResourceState.Finished or ResourceState.Failed;

    private string Text()
    {
        var nameWidth = _resources.Max(resource => resource.Name.Length) + 2;
        var stateWidth = _resources.Max(resource => Words(resource.Status).Length) + 2;
        var text = new StringBuilder().AppendLine();
        foreach (var resource in _resources)
        {
            text.Append("  ").Append(_terminal.Painted(resource.Name, resource.Name.PadRight(nameWidth)))
                .Append(Words(resource.Status).PadRight(stateWidth));
            var indent = "";
            foreach (var (address, words) in resource.Addresses())
            {
                text.Append(indent).Append(address.PadRight(32)).AppendLine(words);
                indent = new string(' ', 2 + nameWidth + stateWidth);
            }
            if (indent.Length == 0) text.AppendLine();
        }
        return text.AppendLine().Append("  Ctrl+C stops everything.").AppendLine().ToString();
    }
}
